using Bisque.Model;

namespace Bisque.Engine.Parameters;

/// <summary>The codecs of RTP parameters, checked against each other, from which encodings find theirs.</summary>
internal sealed class MediaCodecs
{
    private readonly Dictionary<byte, (MimeType MimeType, RtpCodecParameters Parameters)> _byPayloadType = [];
    private readonly Dictionary<byte, byte> _rtxPayloadTypes = [];

    private MediaCodecs(IReadOnlyList<RtpCodecParameters> parameters) => Parameters = parameters;

    /// <summary>The codecs in canonical form: media types in their usual case, and neither a single channel nor an empty text is told.</summary>
    public IReadOnlyList<RtpCodecParameters> Parameters { get; private set; }

    /// <exception cref="RequestException">TypeError: an unknown codec, a payload type used twice, or RTX that repairs nothing.</exception>
    public static MediaCodecs Read(IReadOnlyList<RtpCodecParameters> parameters)
    {
        var codecs = new MediaCodecs(parameters);
        codecs.Parameters = [.. parameters.Select(codecs.Add)];
        foreach (var (payloadType, codec) in codecs._byPayloadType)
        {
            if (codec.MimeType.Subtype == CodecSubtype.Rtx)
            {
                codecs.Associate(payloadType, codec.Parameters);
            }
        }

        if (!codecs._byPayloadType.Values.Any(codec => codec.MimeType.IsMedia))
        {
            throw RequestException.TypeError("no media codecs found");
        }

        return codecs;
    }

    /// <exception cref="RequestException">TypeError: the encoding names a codec that does not exist or carries no media.</exception>
    public MediaEncoding Resolve(RtpEncodingParameters encoding)
    {
        var payloadType = encoding.CodecPayloadType
            ?? Parameters.First(codec => _byPayloadType[codec.PayloadType].MimeType.IsMedia).PayloadType;
        if (!_byPayloadType.TryGetValue(payloadType, out var codec))
        {
            throw RequestException.TypeError($"unknown codecPayloadType {payloadType}");
        }

        if (codec.MimeType.IsFeature)
        {
            throw RequestException.TypeError($"invalid codecPayloadType {payloadType}: {codec.MimeType} carries no media");
        }

        if (codec.Parameters.ClockRate == 0)
        {
            throw RequestException.TypeError($"clockRate of {codec.MimeType} is 0");
        }

        var scalable = ScalabilityMode.TryParse(encoding.ScalabilityMode, out var layers);
        var feedback = codec.Parameters.RtcpFeedback ?? [];
        return new MediaEncoding
        {
            Parameters = encoding with
            {
                CodecPayloadType = payloadType,
                ScalabilityMode = scalable ? encoding.ScalabilityMode : null,
            },
            MimeType = codec.MimeType,
            PayloadType = payloadType,
            ClockRate = codec.Parameters.ClockRate,
            RtxPayloadType = _rtxPayloadTypes.TryGetValue(payloadType, out var rtx) ? rtx : null,
            Layers = layers,
            UsesNack = feedback.Any(item => item.Type == "nack" && string.IsNullOrEmpty(item.Parameter)),
            UsesPli = feedback.Any(item => item is { Type: "nack", Parameter: "pli" }),
            UsesFir = feedback.Any(item => item is { Type: "ccm", Parameter: "fir" }),
            UsesInBandFec = Integer(codec.Parameters, "useinbandfec") == 1,
            UsesDtx = encoding.Dtx || Integer(codec.Parameters, "usedtx") == 1,
        };
    }

    private RtpCodecParameters Add(RtpCodecParameters parameters)
    {
        if (!MimeType.TryParse(parameters.MimeType, out var mimeType))
        {
            throw RequestException.TypeError($"unknown codec MIME type '{parameters.MimeType}'");
        }

        var canonical = parameters with
        {
            MimeType = mimeType.ToString(),
            Channels = parameters.Channels > 1 ? parameters.Channels : null,
            RtcpFeedback = parameters.RtcpFeedback is { } feedback
                ? [.. feedback.Select(item => item with { Parameter = item.Parameter is "" ? null : item.Parameter })]
                : null,
        };
        if (!_byPayloadType.TryAdd(parameters.PayloadType, (mimeType, canonical)))
        {
            throw RequestException.TypeError($"duplicated payloadType {parameters.PayloadType}");
        }

        return canonical;
    }

    private void Associate(byte rtxPayloadType, RtpCodecParameters rtx)
    {
        var apt = Integer(rtx, "apt") ?? throw RequestException.TypeError("missing apt parameter in RTX codec");
        if (apt is < 0 or > byte.MaxValue || !_byPayloadType.TryGetValue((byte)apt, out var media))
        {
            throw RequestException.TypeError($"apt {apt} in RTX codec points to a codec that does not exist");
        }

        if (media.MimeType.Subtype is CodecSubtype.Rtx or CodecSubtype.Ulpfec or CodecSubtype.Flexfec)
        {
            throw RequestException.TypeError($"apt {apt} in RTX codec points to {media.MimeType}");
        }

        _rtxPayloadTypes.TryAdd((byte)apt, rtxPayloadType);
    }

    private static int? Integer(RtpCodecParameters codec, string name)
    {
        foreach (var parameter in codec.Parameters ?? [])
        {
            if (parameter.Name == name && parameter.Value is CodecParameterValue.Integer32 integer)
            {
                return integer.Value;
            }
        }

        return null;
    }
}
