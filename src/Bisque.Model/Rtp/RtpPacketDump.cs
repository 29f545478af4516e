namespace Bisque.Model;

/// <summary>What a trace tells of one RTP packet.</summary>
public sealed record RtpPacketDump
{
    /// <summary>The payload type.</summary>
    public byte PayloadType { get; init; }

    /// <summary>The sequence number.</summary>
    public ushort SequenceNumber { get; init; }

    /// <summary>The RTP timestamp.</summary>
    public uint Timestamp { get; init; }

    /// <summary>The marker bit.</summary>
    public bool Marker { get; init; }

    /// <summary>The SSRC.</summary>
    public uint Ssrc { get; init; }

    /// <summary>Whether the packet begins a key frame.</summary>
    public bool IsKeyFrame { get; init; }

    /// <summary>Bytes of the whole packet.</summary>
    public ulong Size { get; init; }

    /// <summary>Bytes of its payload.</summary>
    public ulong PayloadSize { get; init; }

    /// <summary>The spatial layer.</summary>
    public byte SpatialLayer { get; init; }

    /// <summary>The temporal layer.</summary>
    public byte TemporalLayer { get; init; }

    /// <summary>The MID that the packet carries.</summary>
    public string? Mid { get; init; }

    /// <summary>The RID that the packet carries.</summary>
    public string? Rid { get; init; }

    /// <summary>The repaired RID that the packet carries.</summary>
    public string? Rrid { get; init; }

    /// <summary>The transport-wide sequence number that the packet carries.</summary>
    public ushort? WideSequenceNumber { get; init; }
}
