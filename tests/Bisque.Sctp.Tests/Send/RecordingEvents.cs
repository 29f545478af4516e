namespace Bisque.Sctp.Tests.Send;

/// <summary>Remembers what the sending side tells.</summary>
internal sealed class RecordingEvents : ISctpEvents
{
    /// <summary>With room for many, so that tests of allocation see only those of the code.</summary>
    public List<ushort> Low { get; } = new(10_000);

    public int TotalLow { get; private set; }

    public Dictionary<ulong, SctpMessageOutcome> Settled { get; } = [];

    public Action? WhenLow { get; set; }

    public void SendPacket(ReadOnlySpan<byte> packet)
    {
    }

    public void StateChanged(SctpState state)
    {
    }

    public void Negotiated(in SctpCapabilities capabilities)
    {
    }

    public void Restarted()
    {
    }

    public void Message(ushort streamId, PayloadProtocolId ppid, ReadOnlySpan<byte> message)
    {
    }

    public void BufferedAmountLow(ushort streamId)
    {
        Low.Add(streamId);
        WhenLow?.Invoke();
    }

    public void TotalBufferedAmountLow() => TotalLow++;

    public void MessageSettled(ulong lifecycleId, SctpMessageOutcome outcome) => Settled.Add(lifecycleId, outcome);

    public void IncomingStreamsReset(ReadOnlySpan<ushort> streamIds)
    {
    }

    public void OutgoingStreamsReset(ReadOnlySpan<ushort> streamIds)
    {
    }

    public void OutgoingStreamsResetFailed(ReadOnlySpan<ushort> streamIds)
    {
    }

    public void Error(SctpErrorKind kind, string description)
    {
    }
}
