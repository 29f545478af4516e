namespace Bisque.Srtp.Streams;

/// <summary>The RTP half of an inbound SSRC: the highest index received and the replay window before it.</summary>
internal struct InboundRtp
{
    private ReplayWindow _window;

    /// <summary>The packet index that a sequence number stands for; the rollover counter starts at 0 (RFC 3711 section 3.3.1).</summary>
    public readonly ulong Estimate(ushort sequenceNumber) =>
        _window.IsStarted ? RolloverCounter.Estimate(_window.Highest, sequenceNumber) : sequenceNumber;

    public readonly SrtpStatus Check(ulong index) => _window.Check(index);

    public void Accept(ulong index) => _window.Accept(index);
}
