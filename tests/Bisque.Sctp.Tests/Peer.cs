using Bisque.Primitives;
using Bisque.Sctp.Packets;
using Bisque.Testing;

namespace Bisque.Sctp.Tests;

/// <summary>An association that remembers what it said.</summary>
internal sealed class Peer : ISctpEvents
{
    public Peer(SctpOptions? options = null, ulong seed = 1)
    {
        Options = options ?? new();
        Association = new(Options, new SeededRandomSource(seed), this);
    }

    public SctpOptions Options { get; }

    public SctpAssociation Association { get; }

    public SctpState State => Association.State;

    public List<SctpState> States { get; } = [];

    public List<SctpCapabilities> NegotiatedCapabilities { get; } = [];

    public List<(ushort Stream, uint Ppid, byte[] Bytes)> Messages { get; } = [];

    public List<byte[]> Sent { get; } = [];

    public List<ushort> Low { get; } = [];

    public int TotalLow { get; private set; }

    public List<(ulong Id, SctpMessageOutcome Outcome)> Settled { get; } = [];

    public List<ushort[]> IncomingResets { get; } = [];

    public List<ushort[]> PerformedResets { get; } = [];

    public List<ushort[]> FailedResets { get; } = [];

    public List<(SctpErrorKind Kind, string Description)> Errors { get; } = [];

    public int Restarts { get; private set; }

    /// <summary>Takes packets instead of <see cref="Sent"/>.</summary>
    public Action<byte[]>? Transmit { get; set; }

    /// <summary>Takes packets without allocating.</summary>
    public Wire.Ring? Divert { get; set; }

    /// <summary>Takes messages instead of <see cref="Messages"/>.</summary>
    public Action<ushort, uint, byte[]>? OnMessage { get; set; }

    public Action<ushort>? OnLow { get; set; }

    public Action<SctpState>? OnState { get; set; }

    /// <summary>Throws packets and messages away, without copying them.</summary>
    public bool Discard { get; set; }

    public int LargestSent { get; private set; }

    public IEnumerable<string> Texts => Messages.Select(m => System.Text.Encoding.UTF8.GetString(m.Bytes));

    public void SendPacket(ReadOnlySpan<byte> packet)
    {
        LargestSent = Math.Max(LargestSent, packet.Length);
        Divert?.Add(packet);
        if (Discard)
        {
            return;
        }

        if (Transmit is null)
        {
            Sent.Add(packet.ToArray());
        }
        else
        {
            Transmit(packet.ToArray());
        }
    }

    public void StateChanged(SctpState state)
    {
        Assert.Equal(state, State);
        States.Add(state);
        OnState?.Invoke(state);
    }

    public void Negotiated(in SctpCapabilities capabilities) => NegotiatedCapabilities.Add(capabilities);

    public void Restarted() => Restarts++;

    public void Message(ushort streamId, PayloadProtocolId ppid, ReadOnlySpan<byte> message)
    {
        if (Discard)
        {
            return;
        }

        if (OnMessage is null)
        {
            Messages.Add((streamId, ppid.Value, message.ToArray()));
        }
        else
        {
            OnMessage(streamId, ppid.Value, message.ToArray());
        }
    }

    public void BufferedAmountLow(ushort streamId)
    {
        Low.Add(streamId);
        OnLow?.Invoke(streamId);
    }

    public void TotalBufferedAmountLow() => TotalLow++;

    public void MessageSettled(ulong lifecycleId, SctpMessageOutcome outcome) => Settled.Add((lifecycleId, outcome));

    public void IncomingStreamsReset(ReadOnlySpan<ushort> streamIds) => IncomingResets.Add(streamIds.ToArray());

    public void OutgoingStreamsReset(ReadOnlySpan<ushort> streamIds) => PerformedResets.Add(streamIds.ToArray());

    public void OutgoingStreamsResetFailed(ReadOnlySpan<ushort> streamIds) => FailedResets.Add(streamIds.ToArray());

    public void Error(SctpErrorKind kind, string description) => Errors.Add((kind, description));

    public byte[][] TakeSent()
    {
        byte[][] sent = [.. Sent];
        Sent.Clear();
        return sent;
    }

    public byte[] TakeOnly()
    {
        var sent = TakeSent();
        return Assert.Single(sent);
    }

    public SctpSendStatus Send(string text, MonotonicTime now, ushort stream = 1, SctpSendOptions options = default) =>
        Association.Send(stream, PayloadProtocolId.WebRtcString, System.Text.Encoding.UTF8.GetBytes(text), options, now);

    public SctpSendStatus Send(byte[] bytes, MonotonicTime now, ushort stream = 1, SctpSendOptions options = default) =>
        Association.Send(stream, PayloadProtocolId.WebRtcBinary, bytes, options, now);

    public void ExpireAt(MonotonicTime now)
    {
        if (Association.NextDeadline <= now)
        {
            Association.OnDeadline(now);
        }
    }

    public void Receive(IEnumerable<byte[]> packets, MonotonicTime now)
    {
        foreach (var packet in packets)
        {
            Association.Receive(packet, now);
        }
    }

    /// <summary>The types of the chunks in a packet.</summary>
    public static ChunkType[] ChunksOf(byte[] bytes)
    {
        Assert.True(SctpPacket.TryParse(bytes, out var packet));
        var types = new List<ChunkType>();
        var rest = packet.Chunks;
        while (Chunk.TryRead(ref rest, out var chunk))
        {
            types.Add(chunk.Type);
        }

        Assert.True(rest.IsEmpty);
        return [.. types];
    }
}
