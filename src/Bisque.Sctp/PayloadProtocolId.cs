namespace Bisque.Sctp;

/// <summary>What a message holds, for the application: carried untouched (RFC 9260 section 3.3.1). The named ones are WebRTC's (RFC 8831 section 8).</summary>
public readonly record struct PayloadProtocolId(uint Value)
{
    /// <summary>A message of the data channel establishment protocol (RFC 8832), to this library a message like any other.</summary>
    public static readonly PayloadProtocolId WebRtcDcep = new(50);

    /// <summary>A UTF-8 text that is not empty.</summary>
    public static readonly PayloadProtocolId WebRtcString = new(51);

    /// <summary>Bytes, at least one.</summary>
    public static readonly PayloadProtocolId WebRtcBinary = new(53);

    /// <summary>The empty text; the message has one byte of no meaning, since SCTP has no empty messages.</summary>
    public static readonly PayloadProtocolId WebRtcStringEmpty = new(56);

    /// <summary>No bytes; the message has one byte of no meaning.</summary>
    public static readonly PayloadProtocolId WebRtcBinaryEmpty = new(57);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
