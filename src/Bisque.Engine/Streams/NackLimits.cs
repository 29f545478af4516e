namespace Bisque.Engine.Streams;

/// <summary>Bounds of a <see cref="NackGenerator"/>. The defaults are those of the libwebrtc module that browsers run.</summary>
internal sealed record NackLimits
{
    /// <summary>The usual bounds.</summary>
    public static NackLimits Default { get; } = new();

    /// <summary>Missing packets further than this behind the newest are given up.</summary>
    public int MaxPacketAge { get; init; } = 10_000;

    /// <summary>Most packets waited for at once.</summary>
    public int MaxPending { get; init; } = 1000;

    /// <summary>How often one packet is asked for.</summary>
    public int MaxRetries { get; init; } = 10;

    /// <summary>How long a packet may just be late before it is asked for.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Round-trip time while none was measured.</summary>
    public TimeSpan DefaultRoundTripTime { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often pending packets are looked at when no packet comes in.</summary>
    public TimeSpan TimerInterval { get; init; } = TimeSpan.FromMilliseconds(40);
}
