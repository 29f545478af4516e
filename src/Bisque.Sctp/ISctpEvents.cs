namespace Bisque.Sctp;

/// <summary>
/// What an <see cref="SctpAssociation"/> tells its owner, always from within a call to the association. Spans are valid only during the
/// call. From here the owner may call the association's <see cref="SctpAssociation.Send"/>, <see cref="SctpAssociation.ResetStreams"/>,
/// <see cref="SctpAssociation.Shutdown"/> and <see cref="SctpAssociation.Abort"/>, except from <see cref="SendPacket"/>.
/// </summary>
public interface ISctpEvents
{
    /// <summary>A packet of at most <see cref="SctpOptions.Mtu"/> bytes to send to the peer.</summary>
    void SendPacket(ReadOnlySpan<byte> packet);

    /// <summary>The association changed its state.</summary>
    void StateChanged(SctpState state);

    /// <summary>The handshake gave this. Comes just before the state becomes <see cref="SctpState.Connected"/>, and again when the peer restarts.</summary>
    void Negotiated(in SctpCapabilities capabilities);

    /// <summary>The peer restarted (RFC 9260 section 5.2): messages that it had not acknowledged are lost, streams begin anew.</summary>
    void Restarted();

    /// <summary>A whole message arrived.</summary>
    void Message(ushort streamId, PayloadProtocolId ppid, ReadOnlySpan<byte> message);

    /// <summary>The bytes waiting on a stream fell from above its threshold to it or below.</summary>
    void BufferedAmountLow(ushort streamId);

    /// <summary>The bytes waiting on all streams fell to the threshold: nine tenths of <see cref="SctpOptions.SendBufferSize"/>.</summary>
    void TotalBufferedAmountLow();

    /// <summary>What became of a message sent with <see cref="SctpSendOptions.LifecycleId"/>. Comes once for each.</summary>
    void MessageSettled(ulong lifecycleId, SctpMessageOutcome outcome);

    /// <summary>The peer reset streams that it sends on; none listed means all.</summary>
    void IncomingStreamsReset(ReadOnlySpan<ushort> streamIds);

    /// <summary>The peer has performed a reset that <see cref="SctpAssociation.ResetStreams"/> asked for.</summary>
    void OutgoingStreamsReset(ReadOnlySpan<ushort> streamIds);

    /// <summary>The peer refused a reset that <see cref="SctpAssociation.ResetStreams"/> asked for; the streams go on as they were.</summary>
    void OutgoingStreamsResetFailed(ReadOnlySpan<ushort> streamIds);

    /// <summary>Something went wrong. If it ends the association, the change of state follows.</summary>
    void Error(SctpErrorKind kind, string description);
}
