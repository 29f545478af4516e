using Bisque.Dtls;
using Bisque.Primitives;

namespace Bisque.Engine;

/// <summary>How a <see cref="MediaWorker"/> is set up.</summary>
public sealed record MediaWorkerOptions
{
    /// <summary>Lowest port that a transport without a port of its own may take.</summary>
    public ushort RtcMinPort { get; init; } = 10_000;

    /// <summary>Highest such port, included.</summary>
    public ushort RtcMaxPort { get; init; } = 59_999;

    /// <summary>Which log lines are written.</summary>
    public LogSettings Log { get; init; } = LogSettings.Default;

    /// <summary>The certificate of every DTLS endpoint. Null: one is generated when the first transport needs it.</summary>
    public DtlsCertificate? Certificate { get; init; }

    /// <summary>Where identifiers, keys and initial numbers come from.</summary>
    public RandomSource Random { get; init; } = new SystemRandomSource();

    /// <summary>The wall clock: reports tell NTP times, and a generated certificate its validity.</summary>
    public TimeProvider WallClock { get; init; } = TimeProvider.System;
}
