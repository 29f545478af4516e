using Bisque.Ice.Agent;
using Bisque.Primitives;

namespace Bisque.Ice;

/// <summary>
/// The controlled side of ICE without checks of its own (RFC 8445 sections 2.5 and 7.3, consent RFC 7675): answers Binding requests,
/// remembers from where valid ones came and to where packets go out. Owns no socket and no timer.
/// </summary>
public sealed class IceLiteAgent
{
    /// <summary>Valid tuples kept at the same time.</summary>
    public const int MaximumTuples = TupleTable.Capacity;

    /// <summary>Room for our longest response: header, an IPv6 address or error with reason, integrity, fingerprint.</summary>
    private const int ResponseCapacity = 160;

    private readonly RandomSource _random;
    private readonly IIceLiteAgentEvents _events;
    private readonly TupleTable _tuples = new();
    private readonly ConsentTimer _consent;
    private LocalCredentials _credentials;
    private LocalCredentials? _previous;
    private uint _lastNomination;

    /// <summary>An agent in <see cref="IceState.New"/> with fresh credentials.</summary>
    public IceLiteAgent(IceLiteAgentOptions options, RandomSource random, IIceLiteAgentEvents events)
    {
        _random = random;
        _events = events;
        _consent = new ConsentTimer(options.EffectiveConsentTimeout);
        _credentials = new LocalCredentials(IceCredentials.Generate(random));
    }

    /// <summary>What the peer is told.</summary>
    public IceCredentials Credentials => _credentials.Value;

    /// <summary>After a restart: the credentials before it, valid until the peer uses the new ones.</summary>
    public IceCredentials? PreviousCredentials => _previous?.Value;

    /// <summary>How far the connection has come.</summary>
    public IceState State { get; private set; } = IceState.New;

    /// <summary>Where packets go out; null when <see cref="State"/> is neither connected nor completed.</summary>
    public IceTuple? SelectedTuple { get; private set; }

    /// <summary>How many valid tuples there are, at most <see cref="MaximumTuples"/>.</summary>
    public int TupleCount => _tuples.Count;

    /// <summary>The valid tuples, newest first. Valid until the agent's next method.</summary>
    public ReadOnlySpan<IceTuple> Tuples => _tuples.Tuples;

    /// <summary>When <see cref="OnDeadline"/> is due: the end of the peer's consent.</summary>
    public MonotonicTime NextDeadline => _consent.Deadline;

    private bool IsSending => State is IceState.Connected or IceState.Completed;

    /// <summary>Whether packets from <paramref name="tuple"/> belong to this agent.</summary>
    public bool IsValidTuple(in IceTuple tuple) => SelectedTuple == tuple || _tuples.Contains(tuple);

    /// <summary>Takes a STUN packet from <paramref name="tuple"/>. What is malformed, or no request, is ignored.</summary>
    public void ProcessStun(ReadOnlySpan<byte> packet, in IceTuple tuple, MonotonicTime now)
    {
        if (StunMessage.TryParse(packet, out var message))
        {
            ProcessStun(message, tuple, now);
        }
    }

    /// <summary>The same for a message that was parsed already. An agent without checks of its own expects nothing but requests.</summary>
    public void ProcessStun(in StunMessage message, in IceTuple tuple, MonotonicTime now)
    {
        if (message.Class != StunClass.Request)
        {
            return;
        }

        if (!TryAccept(message, out var code, out var reason))
        {
            SendError(message, tuple, code, reason);
            return;
        }

        SendSuccess(message, tuple);
        HandleCheck(message, tuple);
        if (IsSending)
        {
            _consent.Start(now);
        }
    }

    /// <summary>
    /// RTP or DTLS arrived over <paramref name="tuple"/>: when that is a valid one, packets go out over it from now on. Not to be
    /// called for RTCP.
    /// </summary>
    public void OnMediaFrom(in IceTuple tuple)
    {
        if (IsSending && SelectedTuple != tuple && _tuples.Contains(tuple))
        {
            Select(tuple);
        }
    }

    /// <summary>
    /// ICE restart (RFC 8445 section 9): new credentials, returned. The present ones stay valid beside them until the first request
    /// made with the new ones.
    /// </summary>
    public IceCredentials Restart(MonotonicTime now)
    {
        var dropped = _previous;
        _previous = _credentials;
        _credentials = new LocalCredentials(IceCredentials.Generate(_random));
        _lastNomination = 0;
        if (_consent.IsRunning)
        {
            _consent.Start(now);
        }

        if (dropped is not null)
        {
            _events.CredentialsConfirmed(dropped.Value);
        }

        return Credentials;
    }

    /// <summary>
    /// The connection behind <paramref name="tuple"/> is gone. If it was the selected one, the newest of the others takes its place;
    /// without any the agent is disconnected.
    /// </summary>
    public void RemoveTuple(in IceTuple tuple, MonotonicTime now)
    {
        // The caller may hand in the selected tuple itself, which changes below.
        var removed = tuple;
        if (!_tuples.Remove(removed))
        {
            return;
        }

        if (SelectedTuple != removed)
        {
            _events.TupleRemoved(removed);
        }
        else if (_tuples.Count > 0)
        {
            var next = _tuples.Newest;
            SelectedTuple = next;
            _consent.Start(now);
            _events.TupleRemoved(removed);
            _events.SelectedTupleChanged(next);
        }
        else
        {
            Disconnect();
            _events.TupleRemoved(removed);
            _events.StateChanged(IceState.Disconnected);
        }
    }

    /// <summary>Ends the connection when the peer's consent has run out by <paramref name="now"/> (RFC 7675 section 5.1).</summary>
    public void OnDeadline(MonotonicTime now)
    {
        if (!_consent.IsRunning || now < _consent.Deadline)
        {
            return;
        }

        Disconnect();
        while (_tuples.Count > 0)
        {
            var removed = _tuples.Newest;
            _tuples.Remove(removed);
            _events.TupleRemoved(removed);
        }

        _events.StateChanged(IceState.Disconnected);
    }

    /// <summary>The checks on a request in their order; confirms new credentials on the way. False, with what is wrong.</summary>
    private bool TryAccept(in StunMessage request, out StunErrorCode code, out ReadOnlySpan<byte> reason)
    {
        code = StunErrorCode.BadRequest;
        if (request.Method != StunMessage.BindingMethod)
        {
            reason = "not a Binding request"u8;
            return false;
        }

        if (!request.Has(StunAttributeType.Fingerprint))
        {
            reason = "no FINGERPRINT"u8;
            return false;
        }

        if (!request.Has(StunAttributeType.Priority))
        {
            reason = "no PRIORITY"u8;
            return false;
        }

        if (!request.Has(StunAttributeType.Username) || !request.Has(StunAttributeType.MessageIntegrity))
        {
            reason = "no credentials"u8;
            return false;
        }

        if (!Authenticate(request))
        {
            code = StunErrorCode.Unauthenticated;
            reason = "wrong credentials"u8;
            return false;
        }

        if (request.IceControlled != 0)
        {
            code = StunErrorCode.RoleConflict;
            reason = "this agent is the controlled one"u8;
            return false;
        }

        reason = default;
        return true;
    }

    private bool Authenticate(in StunMessage request)
    {
        if (!_credentials.Authenticate(request))
        {
            return _previous is not null && _previous.Authenticate(request);
        }

        if (_previous is { } dropped)
        {
            _previous = null;
            _events.CredentialsConfirmed(dropped.Value);
        }

        return true;
    }

    private void SendSuccess(in StunMessage request, in IceTuple tuple)
    {
        var writer = StunWriter.SuccessResponse(stackalloc byte[ResponseCapacity], request);
        writer.AddXorMappedAddress(tuple.Remote);
        writer.AddMessageIntegrity((_previous ?? _credentials).Key);
        writer.AddFingerprint();
        _events.SendStun(writer.Written, tuple);
    }

    /// <summary>
    /// Whoever makes up a sender's address must not get more sent there than he sends: where an answer would be longer than the request, its
    /// reason is left out, and if that does not help there is none.
    /// </summary>
    private void SendError(in StunMessage request, in IceTuple tuple, StunErrorCode code, ReadOnlySpan<byte> reason)
    {
        Span<byte> response = stackalloc byte[ResponseCapacity];
        var writer = StunWriter.ErrorResponse(response, request, code, reason);
        writer.AddFingerprint();
        if (writer.Written.Length > request.Bytes.Length)
        {
            writer = StunWriter.ErrorResponse(response, request, code, default);
            writer.AddFingerprint();
        }

        if (writer.Written.Length <= request.Bytes.Length)
        {
            _events.SendStun(writer.Written, tuple);
        }
    }

    private void HandleCheck(in StunMessage request, in IceTuple tuple)
    {
        var hasNomination = request.TryGetNomination(out var nomination);
        var isNewNomination = hasNomination && nomination > _lastNomination;

        // Once completed, USE-CANDIDATE counts even beside a stale NOMINATION; before that it does not.
        var nominates = isNewNomination || (request.UseCandidate && (!hasNomination || State == IceState.Completed));
        var isPlain = !request.UseCandidate && !hasNomination;

        AddTuple(tuple);
        if (isNewNomination)
        {
            _lastNomination = nomination;
        }

        if (nominates)
        {
            Select(tuple);
            EnterState(IceState.Completed);
        }
        else if (isPlain && !IsSending)
        {
            Select(tuple);
            EnterState(IceState.Connected);
        }
    }

    private void AddTuple(in IceTuple tuple)
    {
        if (_tuples.Contains(tuple))
        {
            return;
        }

        var hasEvicted = _tuples.Add(tuple, SelectedTuple, out var evicted);
        _events.TupleAdded(tuple);
        if (hasEvicted)
        {
            _events.TupleRemoved(evicted!.Value);
        }
    }

    private void Select(in IceTuple tuple)
    {
        if (SelectedTuple != tuple)
        {
            SelectedTuple = tuple;
            _events.SelectedTupleChanged(tuple);
        }
    }

    private void EnterState(IceState state)
    {
        if (State != state)
        {
            State = state;
            _events.StateChanged(state);
        }
    }

    private void Disconnect()
    {
        SelectedTuple = null;
        State = IceState.Disconnected;
        _lastNomination = 0;
        _consent.Stop();
    }
}
