using Bisque.Primitives;
using Bisque.Sctp;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>The data side of a peer: an association of its own, over whatever carries its packets.</summary>
internal sealed class SctpPeer : ISctpEvents
{
    private readonly Action<byte[]> _send;
    private readonly Func<MonotonicTime> _now;

    public SctpPeer(ulong seed, Action<byte[]> send, Func<MonotonicTime> now, SctpOptions? options = null)
    {
        _send = send;
        _now = now;
        Association = new SctpAssociation(options ?? new SctpOptions(), new SeededRandomSource(seed), this);
    }

    public SctpAssociation Association { get; }

    /// <summary>Whole messages, as they came.</summary>
    public List<(ushort StreamId, uint Ppid, byte[] Bytes)> Messages { get; } = [];

    /// <summary>Streams that the worker reset.</summary>
    public List<ushort> Resets { get; } = [];

    /// <summary>Whether messages are only counted: for measuring.</summary>
    public bool IsDeaf { get; set; }

    public long MessageCount { get; private set; }

    public SctpSendStatus Send(ushort streamId, uint ppid, ReadOnlySpan<byte> message, SctpSendOptions options = default) =>
        Association.Send(streamId, new PayloadProtocolId(ppid), message, options, _now());

    public void Connect() => Association.Connect(_now());

    public void Reset(params ReadOnlySpan<ushort> streamIds) => Assert.True(Association.ResetStreams(streamIds, _now()));

    public void Receive(ReadOnlySpan<byte> packet) => Association.Receive(packet, _now());

    public void Pump()
    {
        if (Association.NextDeadline <= _now())
        {
            Association.OnDeadline(_now());
        }
    }

    void ISctpEvents.SendPacket(ReadOnlySpan<byte> packet) => _send(packet.ToArray());

    void ISctpEvents.Message(ushort streamId, PayloadProtocolId ppid, ReadOnlySpan<byte> message)
    {
        MessageCount++;
        if (!IsDeaf)
        {
            Messages.Add((streamId, ppid.Value, message.ToArray()));
        }
    }

    void ISctpEvents.IncomingStreamsReset(ReadOnlySpan<ushort> streamIds) => Resets.AddRange(streamIds);

    void ISctpEvents.StateChanged(SctpState state)
    {
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

    void ISctpEvents.OutgoingStreamsReset(ReadOnlySpan<ushort> streamIds)
    {
    }

    void ISctpEvents.OutgoingStreamsResetFailed(ReadOnlySpan<ushort> streamIds)
    {
    }

    void ISctpEvents.Error(SctpErrorKind kind, string description)
    {
    }
}
