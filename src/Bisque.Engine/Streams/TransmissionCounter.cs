using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>Bitrates of a stream by spatial and temporal layer.</summary>
internal sealed class TransmissionCounter
{
    /// <summary>Window for ordinary streams.</summary>
    public const int DefaultWindowMilliseconds = RtpDataCounter.DefaultWindowMilliseconds;

    /// <summary>Window for streams with discontinuous transmission, which send a few packets in as many seconds.</summary>
    public const int DtxWindowMilliseconds = 6000;

    private readonly RtpDataCounter[] _layers;
    private readonly int _spatialLayers;
    private readonly int _temporalLayers;

    /// <summary>Makes a counter for a stream with the given numbers of layers, each at least 1.</summary>
    public TransmissionCounter(int spatialLayers, int temporalLayers, int windowMilliseconds = DefaultWindowMilliseconds)
    {
        _spatialLayers = Math.Max(spatialLayers, 1);
        _temporalLayers = Math.Max(temporalLayers, 1);
        _layers = new RtpDataCounter[_spatialLayers * _temporalLayers];
        for (var i = 0; i < _layers.Length; i++)
        {
            _layers[i] = new RtpDataCounter(leavePaddingOut: true, windowMilliseconds);
        }
    }

    /// <summary>Packets of all layers since creation.</summary>
    public ulong PacketCount { get; private set; }

    /// <summary>Bytes of all layers since creation.</summary>
    public ulong ByteCount
    {
        get
        {
            var total = 0UL;
            foreach (var layer in _layers)
            {
                total += layer.ByteCount;
            }

            return total;
        }
    }

    /// <summary>Counts a packet for its layer. Layers beyond the negotiated ones count for the highest.</summary>
    public void Update(in RtpPacketInfo packet, MonotonicTime now)
    {
        PacketCount++;
        Layer(Math.Min(packet.SpatialLayer, _spatialLayers - 1), Math.Min(packet.TemporalLayer, _temporalLayers - 1)).Update(packet, now);
    }

    /// <summary>Counts a packet of <paramref name="size"/> bytes for the base layer.</summary>
    public void Update(int size, bool isPaddingOnly, MonotonicTime now)
    {
        PacketCount++;
        _layers[0].Update(size, isPaddingOnly, now);
    }

    /// <summary>Bits per second of all layers.</summary>
    public ulong GetBitrate(MonotonicTime now)
    {
        var rate = 0UL;
        foreach (var layer in _layers)
        {
            rate += layer.GetBitrate(now);
        }

        return rate;
    }

    /// <summary>
    /// What receiving layer (<paramref name="spatialLayer"/>, <paramref name="temporalLayer"/>) costs, with everything it depends on;
    /// 0 when that very layer is silent.
    /// </summary>
    public ulong GetBitrate(int spatialLayer, int temporalLayer, MonotonicTime now)
    {
        if (GetLayerBitrate(spatialLayer, temporalLayer, now) == 0)
        {
            return 0;
        }

        var rate = 0UL;
        for (var s = 0; s < spatialLayer; s++)
        {
            rate += GetSpatialLayerBitrate(s, now);
        }

        for (var t = 0; t <= temporalLayer; t++)
        {
            rate += Layer(spatialLayer, t).GetBitrate(now);
        }

        return rate;
    }

    /// <summary>Bits per second of one spatial layer, all its temporal layers together.</summary>
    public ulong GetSpatialLayerBitrate(int spatialLayer, MonotonicTime now)
    {
        var rate = 0UL;
        if ((uint)spatialLayer < (uint)_spatialLayers)
        {
            for (var t = 0; t < _temporalLayers; t++)
            {
                rate += Layer(spatialLayer, t).GetBitrate(now);
            }
        }

        return rate;
    }

    /// <summary>Bits per second of one layer alone; 0 for a layer that does not exist.</summary>
    public ulong GetLayerBitrate(int spatialLayer, int temporalLayer, MonotonicTime now) =>
        (uint)spatialLayer < (uint)_spatialLayers && (uint)temporalLayer < (uint)_temporalLayers
            ? Layer(spatialLayer, temporalLayer).GetBitrate(now)
            : 0;

    private RtpDataCounter Layer(int spatialLayer, int temporalLayer) => _layers[(spatialLayer * _temporalLayers) + temporalLayer];
}
