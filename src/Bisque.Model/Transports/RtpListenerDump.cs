namespace Bisque.Model;

/// <summary>How RTP packets find their producer.</summary>
public sealed record RtpListenerDump
{
    /// <summary>Producer ids by SSRC.</summary>
    public required IReadOnlyList<KeyValuePair<uint, string>> SsrcTable { get; init; }

    /// <summary>Producer ids by MID.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> MidTable { get; init; }

    /// <summary>Producer ids by RID.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> RidTable { get; init; }
}

/// <summary>How SCTP messages find their data producer.</summary>
public sealed record SctpListenerDump
{
    /// <summary>Data producer ids by stream id.</summary>
    public required IReadOnlyList<KeyValuePair<ushort, string>> StreamIdTable { get; init; }
}

/// <summary>The ids of the header extensions that a transport reads; null for those not negotiated.</summary>
public sealed record RecvRtpHeaderExtensions
{
    /// <summary>Media identification.</summary>
    public byte? Mid { get; init; }

    /// <summary>RTP stream id.</summary>
    public byte? Rid { get; init; }

    /// <summary>Repaired RTP stream id.</summary>
    public byte? Rrid { get; init; }

    /// <summary>Absolute send time.</summary>
    public byte? AbsSendTime { get; init; }

    /// <summary>Transport-wide sequence number.</summary>
    public byte? TransportWideCc01 { get; init; }
}
