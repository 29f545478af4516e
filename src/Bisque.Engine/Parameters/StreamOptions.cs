using Bisque.Engine.Streams;

namespace Bisque.Engine.Parameters;

/// <summary>Makes the options of a stream from what was negotiated for its encoding.</summary>
internal static class StreamOptions
{
    public static RtpStreamSendOptions ForSending(MediaParameters media, int encodingIndex)
    {
        var encoding = media.Encodings[encodingIndex];
        return new RtpStreamSendOptions
        {
            EncodingIndex = encodingIndex,
            Ssrc = encoding.Ssrc!.Value,
            PayloadType = encoding.PayloadType,
            MimeType = encoding.MimeType.ToString(),
            ClockRate = encoding.ClockRate,
            Rid = encoding.Rid ?? "",
            Cname = media.Cname,
            RtxSsrc = encoding.RtxPayloadType is null ? null : encoding.RtxSsrc,
            RtxPayloadType = encoding.RtxPayloadType,
            UseNack = encoding.UsesNack,
            UsePli = encoding.UsesPli,
            UseFir = encoding.UsesFir,
            UseInBandFec = encoding.UsesInBandFec,
            UseDtx = encoding.UsesDtx,
            SpatialLayers = encoding.Layers.SpatialLayers,
            TemporalLayers = encoding.Layers.TemporalLayers,
        };
    }

    public static RtpStreamRecvOptions ForReceiving(MediaParameters media, int encodingIndex, Primitives.Ssrc ssrc, bool inactivityCheck)
    {
        var encoding = media.Encodings[encodingIndex];
        return new RtpStreamRecvOptions
        {
            EncodingIndex = encodingIndex,
            Ssrc = ssrc,
            PayloadType = encoding.PayloadType,
            MimeType = encoding.MimeType.ToString(),
            ClockRate = encoding.ClockRate,
            Rid = encoding.Rid ?? "",
            Cname = media.Cname,
            RtxSsrc = encoding.RtxSsrc,
            RtxPayloadType = encoding.RtxPayloadType,
            UseNack = encoding.UsesNack,
            UsePli = encoding.UsesPli,
            UseFir = encoding.UsesFir,
            UseInBandFec = encoding.UsesInBandFec,
            UseDtx = encoding.UsesDtx,
            SpatialLayers = encoding.Layers.SpatialLayers,
            TemporalLayers = encoding.Layers.TemporalLayers,
            InactivityCheck = inactivityCheck,
        };
    }
}
