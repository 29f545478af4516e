using Bisque.Model;

namespace Bisque.Engine.Transports;

/// <summary>The bitrate limits that a controller set on a transport, in bits per second. 0: not limited.</summary>
internal sealed class BitrateLimits
{
    /// <summary>The least that may be asked for, other than nothing at all.</summary>
    private const ulong MinimumOutgoing = 30_000;

    public ulong MaxIncoming { get; private set; }

    public ulong MaxOutgoing { get; private set; }

    public ulong MinOutgoing { get; private set; }

    /// <exception cref="RequestException">TypeError: the value would not fit a signed number.</exception>
    public static void Check(ulong bitrate)
    {
        if (bitrate > long.MaxValue - 1)
        {
            throw RequestException.TypeError($"bitrate {bitrate} is too large");
        }
    }

    public void SetMaxIncoming(ulong bitrate)
    {
        Check(bitrate);
        MaxIncoming = bitrate;
    }

    public void SetMaxOutgoing(ulong bitrate)
    {
        CheckOutgoing(bitrate);
        if (bitrate > 0 && bitrate < MinOutgoing)
        {
            throw RequestException.TypeError($"maximum outgoing bitrate {bitrate} is below the minimum in force, {MinOutgoing}");
        }

        MaxOutgoing = bitrate;
    }

    public void SetMinOutgoing(ulong bitrate)
    {
        CheckOutgoing(bitrate);
        if (bitrate > 0 && MaxOutgoing > 0 && bitrate > MaxOutgoing)
        {
            throw RequestException.TypeError($"minimum outgoing bitrate {bitrate} is above the maximum in force, {MaxOutgoing}");
        }

        MinOutgoing = bitrate;
    }

    private static void CheckOutgoing(ulong bitrate)
    {
        Check(bitrate);
        if (bitrate is > 0 and < MinimumOutgoing)
        {
            throw RequestException.TypeError($"outgoing bitrate {bitrate} is below {MinimumOutgoing}");
        }
    }
}
