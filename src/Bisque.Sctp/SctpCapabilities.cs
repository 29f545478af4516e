namespace Bisque.Sctp;

/// <summary>What both sides of an association agreed on.</summary>
public readonly record struct SctpCapabilities
{
    /// <summary>Streams 0 to this, exclusive, may be sent on: the lesser of ours and what the peer allows.</summary>
    public ushort OutgoingStreams { get; init; }

    /// <summary>Streams 0 to this, exclusive, may arrive: the lesser of ours and what the peer asked for.</summary>
    public ushort IncomingStreams { get; init; }

    /// <summary>FORWARD-TSN (RFC 3758): messages may be given up. Without it every message is reliable.</summary>
    public bool PartialReliability { get; init; }

    /// <summary>I-DATA and I-FORWARD-TSN (RFC 8260) in place of DATA and FORWARD-TSN.</summary>
    public bool MessageInterleaving { get; init; }

    /// <summary>RE-CONFIG (RFC 6525).</summary>
    public bool StreamReset { get; init; }

    /// <summary>Both sides accept packets without checksum (RFC 9653).</summary>
    public bool ZeroChecksum { get; init; }
}
