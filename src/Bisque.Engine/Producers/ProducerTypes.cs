using Bisque.Engine.Parameters;
using Bisque.Model;

namespace Bisque.Engine.Producers;

/// <summary>Which kinds of producer a codec can be.</summary>
internal static class ProducerTypes
{
    /// <exception cref="RequestException">TypeError: the encodings make no stream, or none that the codec can carry.</exception>
    public static RtpParametersType Derive(MediaParameters media)
    {
        var type = media.DeriveType() ?? throw RequestException.TypeError("invalid RTP parameters: no type of stream has such encodings");
        foreach (var encoding in media.Encodings)
        {
            if (!Supports(encoding.MimeType, type))
            {
                throw RequestException.TypeError($"{encoding.MimeType} codec not supported for {type}");
            }
        }

        return type;
    }

    public static bool Supports(MimeType codec, RtpParametersType type) => type switch
    {
        RtpParametersType.Simulcast => codec.Subtype is CodecSubtype.Vp8 or CodecSubtype.H264,
        RtpParametersType.Svc => codec.Subtype is CodecSubtype.Vp8 or CodecSubtype.Vp9 or CodecSubtype.H264 or CodecSubtype.Av1,
        _ => codec.IsMedia,
    };
}
