using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

/// <summary>What traces tell. The wire has a union for each of transport, producer and consumer; the model has one hierarchy.</summary>
internal static partial class WireMapping
{
    public static TraceInfo? ReadInfo(Wire.TransportTrace table) => table.InfoType switch
    {
        Wire.TransportTraceInfo.NONE => null,
        Wire.TransportTraceInfo.BweTraceInfo => Read(table.InfoAsBweTraceInfo()),
        var kind => throw Unknown(nameof(TraceInfo), (byte)kind),
    };

    public static TraceInfo? ReadInfo(Wire.ProducerTrace table) => table.InfoType switch
    {
        Wire.ProducerTraceInfo.NONE => null,
        Wire.ProducerTraceInfo.KeyFrameTraceInfo => Read(table.InfoAsKeyFrameTraceInfo()),
        Wire.ProducerTraceInfo.FirTraceInfo => new FirTraceInfo(table.InfoAsFirTraceInfo().Ssrc),
        Wire.ProducerTraceInfo.PliTraceInfo => new PliTraceInfo(table.InfoAsPliTraceInfo().Ssrc),
        Wire.ProducerTraceInfo.RtpTraceInfo => Read(table.InfoAsRtpTraceInfo()),
        Wire.ProducerTraceInfo.SrTraceInfo => Read(table.InfoAsSrTraceInfo()),
        var kind => throw Unknown(nameof(TraceInfo), (byte)kind),
    };

    public static TraceInfo? ReadInfo(Wire.ConsumerTrace table) => table.InfoType switch
    {
        Wire.ConsumerTraceInfo.NONE => null,
        Wire.ConsumerTraceInfo.KeyFrameTraceInfo => Read(table.InfoAsKeyFrameTraceInfo()),
        Wire.ConsumerTraceInfo.FirTraceInfo => new FirTraceInfo(table.InfoAsFirTraceInfo().Ssrc),
        Wire.ConsumerTraceInfo.PliTraceInfo => new PliTraceInfo(table.InfoAsPliTraceInfo().Ssrc),
        Wire.ConsumerTraceInfo.RtpTraceInfo => Read(table.InfoAsRtpTraceInfo()),
        var kind => throw Unknown(nameof(TraceInfo), (byte)kind),
    };

    public static (Wire.TransportTraceInfo Type, int Offset) WriteTransportInfo(FlatBufferBuilder builder, TraceInfo? info) => info switch
    {
        null => (Wire.TransportTraceInfo.NONE, 0),
        BweTraceInfo bwe => (Wire.TransportTraceInfo.BweTraceInfo, Write(builder, bwe).Value),
        _ => throw new ArgumentException($"A transport does not trace {info.GetType().Name}.", nameof(info)),
    };

    public static (Wire.ProducerTraceInfo Type, int Offset) WriteProducerInfo(FlatBufferBuilder builder, TraceInfo? info) => info switch
    {
        null => (Wire.ProducerTraceInfo.NONE, 0),
        KeyFrameTraceInfo keyFrame => (Wire.ProducerTraceInfo.KeyFrameTraceInfo, Write(builder, keyFrame).Value),
        FirTraceInfo fir => (Wire.ProducerTraceInfo.FirTraceInfo, Wire.FirTraceInfo.CreateFirTraceInfo(builder, fir.Ssrc).Value),
        PliTraceInfo pli => (Wire.ProducerTraceInfo.PliTraceInfo, Wire.PliTraceInfo.CreatePliTraceInfo(builder, pli.Ssrc).Value),
        RtpTraceInfo rtp => (Wire.ProducerTraceInfo.RtpTraceInfo, Write(builder, rtp).Value),
        SrTraceInfo sr => (Wire.ProducerTraceInfo.SrTraceInfo, Write(builder, sr).Value),
        _ => throw new ArgumentException($"A producer does not trace {info.GetType().Name}.", nameof(info)),
    };

    public static (Wire.ConsumerTraceInfo Type, int Offset) WriteConsumerInfo(FlatBufferBuilder builder, TraceInfo? info) => info switch
    {
        null => (Wire.ConsumerTraceInfo.NONE, 0),
        KeyFrameTraceInfo keyFrame => (Wire.ConsumerTraceInfo.KeyFrameTraceInfo, Write(builder, keyFrame).Value),
        FirTraceInfo fir => (Wire.ConsumerTraceInfo.FirTraceInfo, Wire.FirTraceInfo.CreateFirTraceInfo(builder, fir.Ssrc).Value),
        PliTraceInfo pli => (Wire.ConsumerTraceInfo.PliTraceInfo, Wire.PliTraceInfo.CreatePliTraceInfo(builder, pli.Ssrc).Value),
        RtpTraceInfo rtp => (Wire.ConsumerTraceInfo.RtpTraceInfo, Write(builder, rtp).Value),
        _ => throw new ArgumentException($"A consumer does not trace {info.GetType().Name}.", nameof(info)),
    };

    private static KeyFrameTraceInfo Read(Wire.KeyFrameTraceInfo table) => new(Read(table.RtpPacket!.Value), table.IsRtx);

    private static RtpTraceInfo Read(Wire.RtpTraceInfo table) => new(Read(table.RtpPacket!.Value), table.IsRtx);

    private static SrTraceInfo Read(Wire.SrTraceInfo table) => new()
    {
        Ssrc = table.Ssrc,
        NtpSec = table.NtpSec,
        NtpFrac = table.NtpFrac,
        RtpTs = table.RtpTs,
        PacketCount = table.PacketCount,
        OctetCount = table.OctetCount,
    };

    private static BweTraceInfo Read(Wire.BweTraceInfo table) => new()
    {
        BweType = Read(table.BweType),
        DesiredBitrate = table.DesiredBitrate,
        EffectiveDesiredBitrate = table.EffectiveDesiredBitrate,
        MinBitrate = table.MinBitrate,
        MaxBitrate = table.MaxBitrate,
        StartBitrate = table.StartBitrate,
        MaxPaddingBitrate = table.MaxPaddingBitrate,
        AvailableBitrate = table.AvailableBitrate,
    };

    private static Offset<Wire.KeyFrameTraceInfo> Write(FlatBufferBuilder builder, KeyFrameTraceInfo info) =>
        Wire.KeyFrameTraceInfo.CreateKeyFrameTraceInfo(builder, Write(builder, info.RtpPacket), info.IsRtx);

    private static Offset<Wire.RtpTraceInfo> Write(FlatBufferBuilder builder, RtpTraceInfo info) =>
        Wire.RtpTraceInfo.CreateRtpTraceInfo(builder, Write(builder, info.RtpPacket), info.IsRtx);

    private static Offset<Wire.SrTraceInfo> Write(FlatBufferBuilder builder, SrTraceInfo info) =>
        Wire.SrTraceInfo.CreateSrTraceInfo(builder, info.Ssrc, info.NtpSec, info.NtpFrac, info.RtpTs, info.PacketCount, info.OctetCount);

    private static Offset<Wire.BweTraceInfo> Write(FlatBufferBuilder builder, BweTraceInfo info) => Wire.BweTraceInfo.CreateBweTraceInfo(
        builder,
        (Wire.BweType)info.BweType,
        info.DesiredBitrate,
        info.EffectiveDesiredBitrate,
        info.MinBitrate,
        info.MaxBitrate,
        info.StartBitrate,
        info.MaxPaddingBitrate,
        info.AvailableBitrate);
}
