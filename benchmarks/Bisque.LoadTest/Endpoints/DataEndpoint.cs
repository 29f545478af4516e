using Bisque.Dtls;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Sctp;
using Bisque.Srtp;

namespace Bisque.LoadTest.Endpoints;

/// <summary>Our end of a WebRtcTransport with data channels: an SCTP association over its DTLS connection.</summary>
internal sealed class DataEndpoint : WebRtcEndpoint, ISctpEvents
{
    private readonly SctpAssociation _association;
    private readonly LoopTimer _timer;
    private readonly TaskCompletionSource _associated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DataEndpoint(EventLoop loop, DtlsCertificate certificate, SrtpProfile profile, RandomSource random)
        : base(loop, certificate, profile, random)
    {
        _association = new SctpAssociation(new SctpOptions(), random, this);
        _timer = loop.CreateTimer(OnSctpDeadline);
    }

    /// <summary>Takes a message that arrived whole; the span is valid during the call.</summary>
    public delegate void MessageHandler(ReadOnlySpan<byte> message);

    public MessageHandler? OnMessage { get; set; }

    /// <summary>Done when the association is.</summary>
    public Task Associated => _associated.Task;

    /// <summary>DTLS records of application data sent and received: one SCTP packet each.</summary>
    public long Records { get; private set; }

    /// <summary>SCTP fragments that were sent more than once.</summary>
    public long Retransmissions => _association.Counters.Retransmissions;

    public void Associate()
    {
        _association.Connect(Loop.Now);
        _timer.Start(_association.NextDeadline);
    }

    /// <summary>Queues an ordered, reliable message.</summary>
    public void Send(ushort streamId, ReadOnlySpan<byte> message)
    {
        var status = _association.Send(streamId, PayloadProtocolId.WebRtcBinary, message, default, Loop.Now);
        if (status != SctpSendStatus.Success)
        {
            throw new InvalidOperationException($"A message was not taken: {status}.");
        }

        _timer.Start(_association.NextDeadline);
    }

    public override void Dispose()
    {
        _timer.Stop();
        base.Dispose();
    }

    void ISctpEvents.SendPacket(ReadOnlySpan<byte> packet)
    {
        Records++;
        SendApplicationData(packet);
    }

    void ISctpEvents.Message(ushort streamId, PayloadProtocolId ppid, ReadOnlySpan<byte> message) => OnMessage?.Invoke(message);

    void ISctpEvents.StateChanged(SctpState state)
    {
        if (state == SctpState.Connected)
        {
            _associated.TrySetResult();
        }
        else if (state is SctpState.Failed or SctpState.Closed)
        {
            _associated.TrySetException(new InvalidOperationException($"The association is {state}."));
        }
    }

    void ISctpEvents.Negotiated(in SctpCapabilities capabilities)
    {
    }

    void ISctpEvents.Restarted()
    {
    }

    void ISctpEvents.BufferedAmountLow(ushort streamId)
    {
    }

    void ISctpEvents.TotalBufferedAmountLow()
    {
    }

    void ISctpEvents.MessageSettled(ulong lifecycleId, SctpMessageOutcome outcome)
    {
    }

    void ISctpEvents.IncomingStreamsReset(ReadOnlySpan<ushort> streamIds)
    {
    }

    void ISctpEvents.OutgoingStreamsReset(ReadOnlySpan<ushort> streamIds)
    {
    }

    void ISctpEvents.OutgoingStreamsResetFailed(ReadOnlySpan<ushort> streamIds)
    {
    }

    void ISctpEvents.Error(SctpErrorKind kind, string description)
    {
        // A worker that closes a transport says so by an ABORT.
        if (kind != SctpErrorKind.PeerAborted)
        {
            Console.Error.WriteLine($"SCTP: {kind}: {description}");
        }
    }

    protected override void OnApplicationData(ReadOnlySpan<byte> data)
    {
        Records++;
        _association.Receive(data, Loop.Now);
        _timer.Start(_association.NextDeadline);
    }

    private void OnSctpDeadline()
    {
        _association.OnDeadline(Loop.Now);
        _timer.Start(_association.NextDeadline);
    }
}
