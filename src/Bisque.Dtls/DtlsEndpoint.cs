using Bisque.Dtls.Crypto;
using Bisque.Dtls.Handshake;
using Bisque.Dtls.Records;
using Bisque.Primitives;

namespace Bisque.Dtls;

/// <summary>
/// One end of a DTLS 1.2 connection for SRTP (RFC 6347, RFC 5764), without any I/O of its own: datagrams and the time go in, datagrams and
/// events come out through <see cref="IDtlsEvents"/>. Not thread-safe.
/// </summary>
/// <remarks>
/// Both sides must present a certificate and prove that they have its key; it is then checked against the announced fingerprint and
/// nothing else. Cipher suites are ECDHE_ECDSA and ECDHE_RSA with CHACHA20_POLY1305 or AES_128_GCM; groups X25519, P-256, P-384. Left out
/// are the suites with CBC, DHE or RSA key exchange: every WebRTC client has the others, and with the default P-256 certificate the
/// RSA ones could not be negotiated. Session resumption, renegotiation, compression and DTLS 1.0 are refused.
/// </remarks>
public sealed partial class DtlsEndpoint : IDisposable
{
    private const int SmallestMtu = 256;
    private const int LargestMtu = 1500;

    private readonly DtlsOptions _options;
    private readonly IDtlsEvents _events;
    private readonly RecordLayer _records = new();
    private readonly EarlyRecords _early = new();
    private readonly HandshakeDriver _handshake;
    private DtlsFingerprint? _fingerprint;
    private long _invalidRecords;
    private long _unauthenticRecords;
    private long _replayedRecords;

    /// <summary>An endpoint that does nothing until <see cref="Start"/>.</summary>
    public DtlsEndpoint(DtlsOptions options, IDtlsEvents events)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Mtu, SmallestMtu, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Mtu, LargestMtu, nameof(options));
        if (options.SrtpProfiles.Count == 0)
        {
            throw new ArgumentException("at least one SRTP profile is needed", nameof(options));
        }

        foreach (var profile in options.SrtpProfiles)
        {
            if (SrtpKeyLengths.Of(profile).Key == 0)
            {
                throw new ArgumentException($"SRTP profile 0x{profile:x4} is not known", nameof(options));
            }
        }

        _options = options;
        _events = events;
        _handshake = new(options, _records, events);
    }

    /// <summary>Where the endpoint is in its life.</summary>
    public DtlsState State { get; private set; }

    /// <summary>When <see cref="OnDeadline"/> is to be called, or <see cref="MonotonicTime.Never"/>.</summary>
    public MonotonicTime NextDeadline => IsActive ? _handshake.NextDeadline : MonotonicTime.Never;

    /// <summary>The peer's certificate in PEM, once the handshake is complete; stays after that.</summary>
    public string? RemoteCertificatePem { get; private set; }

    /// <summary>Why <see cref="State"/> is <see cref="DtlsState.Failed"/>, for a log; null while it is not.</summary>
    public string? FailureReason { get; private set; }

    /// <summary>The most application data that <see cref="Send"/> takes at once; 0 before there are keys.</summary>
    public int MaximumApplicationData => _records.HasKeys ? _options.Mtu - _records.Overhead(1) : 0;

    /// <summary>What has been dropped and repeated so far.</summary>
    public DtlsCounters Counters => new()
    {
        InvalidRecords = _invalidRecords + _handshake.InvalidFragments,
        UnauthenticRecords = _unauthenticRecords,
        ReplayedRecords = _replayedRecords,
        Retransmissions = _handshake.Retransmissions,
    };

    /// <summary>For tests that need authentic records with unusual content.</summary>
    internal RecordLayer Records => _records;

    private bool IsActive => State is DtlsState.Connecting or DtlsState.Connected;

    /// <summary>Begins: a client sends its hello, a server waits for one. Later calls do nothing.</summary>
    public void Start(MonotonicTime now)
    {
        if (State != DtlsState.New)
        {
            return;
        }

        MoveTo(DtlsState.Connecting);

        // The owner may have closed the endpoint when it saw the state.
        if (State == DtlsState.Connecting)
        {
            _handshake.Start(now);
        }
    }

    /// <summary>
    /// Sends one record of application data. False when not connected, when empty or longer than <see cref="MaximumApplicationData"/>, or
    /// when the connection's 2^48 records are used up.
    /// </summary>
    public bool Send(ReadOnlySpan<byte> applicationData)
    {
        if (State != DtlsState.Connected || applicationData.IsEmpty || applicationData.Length > MaximumApplicationData)
        {
            return false;
        }

        return SendRecord(ContentType.ApplicationData, epoch: 1, applicationData);
    }

    /// <summary>Ends the connection, with a close_notify alert when the handshake is complete. The state becomes Closed without an event.</summary>
    public void Close()
    {
        if (IsActive && _handshake.IsComplete)
        {
            SendAlert(AlertLevel.Warning, AlertDescription.CloseNotify);
        }

        Dispose();
    }

    /// <summary>Frees keys and forgets secrets without telling the peer. <see cref="Close"/> and failing do it too.</summary>
    public void Dispose()
    {
        if (State != DtlsState.Failed)
        {
            State = DtlsState.Closed;
        }

        _handshake.Erase();
        _records.Dispose();
    }

    /// <summary>
    /// Says which certificate the peer must have. May come before, during or after the handshake, which completes only with it; once
    /// connected it has no effect.
    /// </summary>
    public void SetRemoteFingerprint(DtlsFingerprint fingerprint)
    {
        _fingerprint = fingerprint;
        ConnectIfReady();
    }

    /// <summary>Sends the last flight again when it is due, or gives up.</summary>
    public void OnDeadline(MonotonicTime now)
    {
        if (IsActive && !_handshake.TryContinue(now))
        {
            Fail(null, "the peer did not answer");
        }
    }

    private void ConnectIfReady()
    {
        if (State != DtlsState.Connecting || !_handshake.IsComplete || _fingerprint is not { } fingerprint)
        {
            return;
        }

        if (!_handshake.PeerCertificate!.Matches(fingerprint))
        {
            Fail(AlertDescription.BadCertificate, "the peer's certificate does not have the fingerprint that was told");
            return;
        }

        _events.SrtpKeysAvailable(_handshake.TakeSrtpKeys());

        // The owner may have closed the endpoint when it saw the keys.
        if (State == DtlsState.Connecting)
        {
            MoveTo(DtlsState.Connected);
        }
    }

    private void Fail(AlertDescription? alert, string reason)
    {
        FailureReason = reason;
        if (alert is { } description)
        {
            SendAlert(AlertLevel.Fatal, description);
        }

        State = DtlsState.Failed;
        Dispose();
        _events.StateChanged(State);
    }

    private void SendAlert(AlertLevel level, AlertDescription description) =>
        SendRecord(ContentType.Alert, _records.WriteEpoch, [(byte)level, (byte)description]);

    private bool SendRecord(ContentType type, ushort epoch, ReadOnlySpan<byte> content)
    {
        Span<byte> datagram = stackalloc byte[LargestMtu];
        var length = _records.Write(type, epoch, content, datagram);
        if (length > 0)
        {
            _events.SendDatagram(datagram[..length]);
        }

        return length > 0;
    }

    private void MoveTo(DtlsState state)
    {
        State = state;
        _events.StateChanged(state);
    }
}
