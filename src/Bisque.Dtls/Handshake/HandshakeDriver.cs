using Bisque.Dtls.Certificates;
using Bisque.Dtls.Records;
using Bisque.Primitives;

namespace Bisque.Dtls.Handshake;

/// <summary>
/// Runs a handshake over an unreliable transport: fragments in, flights out, with retransmission (RFC 6347 section 4.2.4). Stays after the
/// handshake, because the side that spoke last must repeat its flight when the other side did not get it.
/// </summary>
internal sealed class HandshakeDriver
{
    /// <summary>
    /// How long after an unauthenticated fatal alert the handshake may still go on. OpenSSL believes such an alert at once, so that one
    /// forged datagram ends a handshake. Here it only shortens the wait for a peer that does not go on; a peer that does disproves it.
    /// </summary>
    public static readonly TimeSpan AlertGrace = TimeSpan.FromSeconds(2);

    /// <summary>Repeated flights of the peer are answered no more often than this: each answer is larger than what asked for it.</summary>
    private static readonly TimeSpan RepetitionInterval = TimeSpan.FromMilliseconds(50);

    private readonly HandshakeContext _context;
    private readonly HandshakeMachine _machine;
    private readonly HandshakeReassembler _reassembler = new();
    private RetransmissionTimer _timer = new();
    private MonotonicTime _alertDeadline = MonotonicTime.Never;
    private MonotonicTime _repetitionAllowed = new(long.MinValue);
    private int _answeredThrough = -1;

    public HandshakeDriver(DtlsOptions options, RecordLayer records, IDtlsEvents events)
    {
        _context = new(options, records, new(records, options.Mtu, events));
        _machine = options.Role == DtlsRole.Client ? new ClientHandshake(_context) : new ServerHandshake(_context);
    }

    public bool IsComplete => _machine.IsComplete;

    /// <summary>Whether protected records can be expected soon: something has been said.</summary>
    public bool HasBegun => !_machine.IsWaitingForFirstMessage;

    public PeerCertificate? PeerCertificate => _context.PeerCertificate;

    /// <summary>How often a flight was sent again.</summary>
    public long Retransmissions { get; private set; }

    /// <summary>Fragments that were malformed or of no use.</summary>
    public long InvalidFragments { get; private set; }

    public MonotonicTime NextDeadline => MonotonicTime.Min(_timer.Deadline, _alertDeadline);

    public void Start(MonotonicTime now)
    {
        _machine.Start();
        TransmitPending(now);
    }

    /// <summary>Handles the plaintext of a handshake record. Returns the alert to send, or null.</summary>
    public AlertDescription? Receive(ReadOnlySpan<byte> plaintext, ushort epoch, MonotonicTime now)
    {
        do
        {
            if (!HandshakeFragment.TryTake(ref plaintext, out var fragment))
            {
                InvalidFragments++;
                return null;
            }

            if (IsComplete && epoch > 0 && fragment.Type is HandshakeType.HelloRequest or HandshakeType.ClientHello)
            {
                return AlertDescription.NoRenegotiation;
            }

            if ((fragment.Type == HandshakeType.Finished) != (epoch > 0))
            {
                // Only a Finished is protected, so a plaintext one is a forgery that must not take the place of the real one.
                InvalidFragments++;
            }
            else if (fragment.Sequence < _reassembler.NextSequence)
            {
                RepeatIfAsked(fragment, now);
            }
            else if (IsComplete || !_reassembler.TryAdd(fragment))
            {
                InvalidFragments++;
            }
            else if (Advance(now) is { } alert)
            {
                return alert;
            }
        }
        while (!plaintext.IsEmpty);

        return null;
    }

    /// <summary>An alert said, without proof, that the peer has given up.</summary>
    public void SuspectFailure(MonotonicTime now) => _alertDeadline = MonotonicTime.Min(_alertDeadline, now + AlertGrace);

    /// <summary>Repeats the flight when due. False when it is time to give up.</summary>
    public bool TryContinue(MonotonicTime now)
    {
        if (now >= _alertDeadline)
        {
            return false;
        }

        if (now < _timer.Deadline)
        {
            return true;
        }

        if (!_timer.TryBackOff(now))
        {
            return false;
        }

        Retransmissions++;
        _context.Flight.Transmit();
        return true;
    }

    /// <summary>The SRTP keys; afterwards the secrets are forgotten.</summary>
    public DtlsSrtpKeys TakeSrtpKeys()
    {
        var keys = _context.Keys!.ExportSrtpKeys(_context.SrtpProfile, _context.Options.Role);
        Erase();
        return keys;
    }

    /// <summary>Forgets all secrets and stops the timers.</summary>
    public void Erase()
    {
        _context.Keys?.Erase();
        _context.EphemeralKey?.Dispose();
        _timer.Stop();
        _alertDeadline = MonotonicTime.Never;
    }

    private AlertDescription? Advance(MonotonicTime now)
    {
        while (_reassembler.TryTake(out var message))
        {
            _alertDeadline = MonotonicTime.Never;
            if (_machine.Receive(message) is { } alert)
            {
                if (alert != AlertDescription.DecodeError || !_machine.IsWaitingForFirstMessage)
                {
                    return alert;
                }

                InvalidFragments++;
                _reassembler.Restart();
                _context.Transcript.Clear();
                return null;
            }

            TransmitPending(now);
        }

        if (IsComplete)
        {
            _timer.Stop();
            _context.Transcript.Clear();
        }

        return null;
    }

    private void TransmitPending(MonotonicTime now)
    {
        if (_context.Flight.IsPending)
        {
            _answeredThrough = _reassembler.NextSequence - 1;
            _repetitionAllowed = now + RepetitionInterval;
            _timer.Start(now);
            _context.Flight.Transmit();
        }
    }

    // The peer repeats its flight because ours was lost. Its last message says so once per repetition.
    private void RepeatIfAsked(in HandshakeFragment fragment, MonotonicTime now)
    {
        if (fragment.Sequence == _answeredThrough
            && fragment.Offset == 0
            && _reassembler.NextSequence == _answeredThrough + 1
            && now >= _repetitionAllowed)
        {
            _repetitionAllowed = now + RepetitionInterval;
            Retransmissions++;
            _context.Flight.Transmit();
        }
    }
}
