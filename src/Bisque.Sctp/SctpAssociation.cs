using Bisque.Primitives;

namespace Bisque.Sctp;

/// <summary>
/// One end of an SCTP association (RFC 9260) for data channels, without any I/O of its own: packets and the time go in, packets and events
/// come out through <see cref="ISctpEvents"/>. One path, no addresses: what is below (DTLS, UDP) carries packets. Not thread-safe.
/// </summary>
public sealed partial class SctpAssociation
{
    /// <summary>An association that does nothing until <see cref="Connect"/>, or until the peer begins.</summary>
    public SctpAssociation(SctpOptions options, RandomSource random, ISctpEvents events)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(events);
    }

    /// <summary>Where the association is in its life.</summary>
    public SctpState State { get; private set; }

    /// <summary>What was negotiated; all zero before the association is connected.</summary>
    public SctpCapabilities NegotiatedCapabilities { get; private set; }

    /// <summary>When <see cref="OnDeadline"/> is to be called, or <see cref="MonotonicTime.Never"/>. Changes with every call.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>Bytes waiting to be sent for the first time, over all streams.</summary>
    public int TotalBufferedAmount { get; private set; }

    /// <summary>What has been seen, sent and dropped.</summary>
    public SctpCounters Counters { get; private set; }

    /// <summary>Begins the handshake. Does nothing if it has begun.</summary>
    public void Connect(MonotonicTime now) => throw new NotSupportedException();

    /// <summary>Takes a packet from the peer. Whatever it is, nothing is thrown.</summary>
    public void Receive(ReadOnlySpan<byte> packet, MonotonicTime now) => throw new NotSupportedException();

    /// <summary>Does what is due at <paramref name="now"/>.</summary>
    public void OnDeadline(MonotonicTime now) => throw new NotSupportedException();

    /// <summary>Queues a message, and sends what the peer and the network have room for. Before the association is connected messages wait.</summary>
    public SctpSendStatus Send(ushort streamId, PayloadProtocolId ppid, ReadOnlySpan<byte> message, in SctpSendOptions options, MonotonicTime now) =>
        throw new NotSupportedException();

    /// <summary>Asks the peer to reset streams (RFC 6525) once what is queued on them has been sent. False when that is not negotiated.</summary>
    public bool ResetStreams(ReadOnlySpan<ushort> streamIds, MonotonicTime now) => throw new NotSupportedException();

    /// <summary>Bytes of a stream that wait to be sent for the first time.</summary>
    public int BufferedAmount(ushort streamId) => throw new NotSupportedException();

    /// <summary>Sets when <see cref="ISctpEvents.BufferedAmountLow"/> is called for a stream.</summary>
    public void SetBufferedAmountLowThreshold(ushort streamId, int amount) => throw new NotSupportedException();

    /// <summary>Ends the association once all that is queued has arrived (RFC 9260 section 9.2).</summary>
    public void Shutdown(MonotonicTime now) => throw new NotSupportedException();

    /// <summary>Ends the association now, and tells the peer (RFC 9260 section 9.1).</summary>
    public void Abort(MonotonicTime now) => throw new NotSupportedException();
}
