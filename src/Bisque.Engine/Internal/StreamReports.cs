using Bisque.Engine.Streams;
using Bisque.Model;
using Bisque.Primitives;

namespace Bisque.Engine.Internal;

/// <summary>Puts what the streams know into the records that the controller reads.</summary>
internal static class StreamReports
{
    public static RtpStreamDump Dump(RtpStreamOptions options, Ssrc? rtxSsrc, byte score) => new()
    {
        Parameters = new RtpStreamParameters
        {
            EncodingIndex = (uint)options.EncodingIndex,
            Ssrc = options.Ssrc.Value,
            PayloadType = options.PayloadType,
            MimeType = options.MimeType,
            ClockRate = options.ClockRate,
            Rid = options.Rid,
            Cname = options.Cname,
            RtxSsrc = rtxSsrc?.Value,
            RtxPayloadType = rtxSsrc is null ? null : options.RtxPayloadType,
            UseNack = options.UseNack,
            UsePli = options.UsePli,
            UseFir = options.UseFir,
            UseInBandFec = options.UseInBandFec,
            UseDtx = options.UseDtx,
            SpatialLayers = (byte)options.SpatialLayers,
            TemporalLayers = (byte)options.TemporalLayers,
        },
        Score = score,
        RtxStream = rtxSsrc is not { } ssrc ? null : new RtxStreamDump
        {
            Parameters = new RtxStreamParameters
            {
                Ssrc = ssrc.Value,
                PayloadType = options.RtxPayloadType ?? 0,
                MimeType = options.IsVideo ? "video/rtx" : "audio/rtx",
                ClockRate = options.ClockRate,
                Rrid = "",
                Cname = options.Cname,
            },
        },
    };

    public static RtpStreamRecvStats GetStats(RtpStreamRecv stream, MonotonicTime now)
    {
        var statistics = stream.GetStatistics(now);
        return new RtpStreamRecvStats
        {
            Base = Base(statistics, stream.Options, stream.RtxSsrc),
            PacketCount = statistics.PacketCount,
            ByteCount = statistics.ByteCount,
            Bitrate = statistics.Bitrate,
            BitrateByLayer = BitrateByLayer(stream, now),
        };
    }

    public static RtpStreamSendStats GetStats(RtpStreamSend stream, MonotonicTime now)
    {
        var statistics = stream.GetStatistics(now);
        return new RtpStreamSendStats
        {
            Base = Base(statistics, stream.Options, stream.Options.RtxSsrc),
            PacketCount = statistics.PacketCount,
            ByteCount = statistics.ByteCount,
            Bitrate = statistics.Bitrate,
        };
    }

    public static RtpPacketDump Describe(in RtpPacketInfo info) => new()
    {
        PayloadType = info.PayloadType,
        SequenceNumber = info.SequenceNumber.Value,
        Timestamp = info.Timestamp.Value,
        Marker = info.Marker,
        Ssrc = info.Ssrc.Value,
        IsKeyFrame = info.IsKeyFrame,
        Size = (ulong)info.Size,
        PayloadSize = (ulong)info.PayloadLength,
        SpatialLayer = info.SpatialLayer,
        TemporalLayer = info.TemporalLayer,
    };

    private static RtpStreamBaseStats Base(in RtpStreamStatistics statistics, RtpStreamOptions options, Ssrc? rtxSsrc) => new()
    {
        Timestamp = (ulong)statistics.Timestamp.Milliseconds,
        Ssrc = options.Ssrc.Value,
        Kind = options.IsVideo ? MediaKind.Video : MediaKind.Audio,
        MimeType = options.MimeType,
        PacketsLost = statistics.PacketsLost,
        FractionLost = statistics.FractionLost,
        Jitter = statistics.Jitter,
        PacketsDiscarded = statistics.PacketsDiscarded,
        PacketsRetransmitted = statistics.PacketsRetransmitted,
        PacketsRepaired = statistics.PacketsRepaired,
        NackCount = statistics.NackCount,
        NackPacketCount = statistics.NackPacketCount,
        PliCount = statistics.PliCount,
        FirCount = statistics.FirCount,
        Rid = options.Rid.Length == 0 ? null : options.Rid,
        RtxSsrc = rtxSsrc?.Value,
        RtxPacketsDiscarded = statistics.RtxPacketsDiscarded,
        RoundTripTime = (float)(statistics.RoundTripTime?.TotalMilliseconds ?? 0),
        Score = statistics.Score,
    };

    private static List<BitrateByLayer> BitrateByLayer(RtpStreamRecv stream, MonotonicTime now)
    {
        if (stream.Options is { SpatialLayers: 1, TemporalLayers: 1 })
        {
            return [];
        }

        var layers = new List<BitrateByLayer>();
        for (var spatial = 0; spatial < stream.Options.SpatialLayers; spatial++)
        {
            for (var temporal = 0; temporal < stream.Options.TemporalLayers; temporal++)
            {
                layers.Add(new BitrateByLayer { Layer = $"{spatial}.{temporal}", Bitrate = stream.GetBitrate(spatial, temporal, now) });
            }
        }

        return layers;
    }
}
