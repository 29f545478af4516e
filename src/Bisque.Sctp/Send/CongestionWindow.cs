namespace Bisque.Sctp.Send;

/// <summary>How much may be in flight: slow start, congestion avoidance, fast recovery (RFC 9260 section 7.2).</summary>
/// <param name="mtu">Bytes of a full packet.</param>
/// <param name="initialThreshold">ssthresh at the beginning: the window that the peer announced.</param>
internal sealed class CongestionWindow(int mtu, long initialThreshold)
{
    /// <summary>
    /// The most that it grows to: 50 Mb/s over 1.3 s. Bounds what a peer can make us keep for it by acknowledging fast and reading slowly.
    /// </summary>
    public const int Maximum = 8 << 20;

    private const int InitialPackets = 10;
    private const int MinimumPackets = 4;
    private int _partialBytesAcknowledged;
    private Tsn? _recoveryExit;

    /// <summary>cwnd, bytes.</summary>
    public int Size { get; private set; } = InitialPackets * mtu;

    /// <summary>ssthresh, bytes.</summary>
    public int SlowStartThreshold { get; private set; } = (int)Math.Clamp(initialThreshold, MinimumPackets * mtu, Maximum);

    /// <summary>Whether losses are being repaired: the window stays as it is until all that was in flight then is acknowledged.</summary>
    public bool IsInFastRecovery => _recoveryExit is not null;

    /// <summary>Whether chunks are to ask for a SACK without delay, since the window is small.</summary>
    public bool WantsImmediateSacks => Size < InitialPackets * mtu;

    /// <summary>A SACK advanced the cumulative TSN, or acknowledged chunks beyond it.</summary>
    /// <param name="bytes">Bytes that it acknowledged first.</param>
    /// <param name="cumulativeTsn">Its cumulative TSN.</param>
    /// <param name="cumulativeAdvanced">Whether that is new.</param>
    /// <param name="inFlightBefore">Bytes in flight before it: the window grows only when it was used.</param>
    public void OnAcknowledged(int bytes, Tsn cumulativeTsn, bool cumulativeAdvanced, int inFlightBefore)
    {
        if (!cumulativeAdvanced)
        {
            return;
        }

        if (_recoveryExit is { } exit)
        {
            if (!exit.IsNewerThan(cumulativeTsn))
            {
                _recoveryExit = null;
            }

            return;
        }

        var wasUsed = inFlightBefore + mtu >= Size;
        if (Size <= SlowStartThreshold)
        {
            Size = wasUsed ? Math.Min(Maximum, Size + Math.Min(bytes, mtu)) : Size;
            return;
        }

        _partialBytesAcknowledged += bytes;
        if (_partialBytesAcknowledged >= Size)
        {
            _partialBytesAcknowledged = wasUsed ? _partialBytesAcknowledged - Size : Size;
            Size = wasUsed ? Math.Min(Maximum, Size + mtu) : Size;
        }
    }

    /// <summary>SACKs showed a loss; halves the window, once for all that is in flight now.</summary>
    public void OnFastRetransmit(Tsn lastSent)
    {
        if (IsInFastRecovery)
        {
            return;
        }

        SlowStartThreshold = Math.Max(Size / 2, MinimumPackets * mtu);
        Size = SlowStartThreshold;
        _partialBytesAcknowledged = 0;
        _recoveryExit = lastSent;
    }

    /// <summary>Nothing was heard for too long: begins again with one packet.</summary>
    public void OnTimeout()
    {
        SlowStartThreshold = Math.Max(Size / 2, MinimumPackets * mtu);
        Size = mtu;
        _partialBytesAcknowledged = 0;
        _recoveryExit = null;
    }
}
