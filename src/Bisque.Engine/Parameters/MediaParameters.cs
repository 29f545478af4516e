using Bisque.Model;

namespace Bisque.Engine.Parameters;

/// <summary>
/// RTP parameters after they were checked: media types in canonical case, every encoding with its codec. What it was made of is
/// kept for dumps.
/// </summary>
internal sealed class MediaParameters
{
    /// <summary>
    /// Encodings of one producer or consumer. Applications hand on what their users send, and each packet and each score event walks
    /// all encodings: simulcast has three.
    /// </summary>
    public const int MaxEncodings = 64;

    private MediaParameters(RtpParameters parameters, IReadOnlyList<MediaEncoding> encodings, string cname)
    {
        Parameters = parameters;
        Encodings = encodings;
        Cname = cname;
        CnameBytes = System.Text.Encoding.UTF8.GetBytes(cname);
    }

    /// <summary>The parameters as they are dumped.</summary>
    public RtpParameters Parameters { get; }

    public IReadOnlyList<MediaEncoding> Encodings { get; }

    public string Cname { get; }

    /// <summary>The CNAME as RTCP carries it, in UTF-8.</summary>
    public byte[] CnameBytes { get; }

    /// <summary>Payload types of the codecs that carry media.</summary>
    public IEnumerable<byte> MediaPayloadTypes => Parameters.Codecs
        .Where(codec => MimeType.TryParse(codec.MimeType, out var mimeType) && mimeType.IsMedia)
        .Select(codec => codec.PayloadType);

    public string? Mid => string.IsNullOrEmpty(Parameters.Mid) ? null : Parameters.Mid;

    /// <summary>What the encodings make of the stream; null when no such stream can be.</summary>
    public RtpParametersType? DeriveType() => DeriveType([.. Encodings.Select(encoding => encoding.Layers)]);

    /// <summary>What a list of encodings with these layers is; null when several of them are scalable spatially.</summary>
    public static RtpParametersType? DeriveType(IReadOnlyList<ScalabilityMode> encodings) => encodings switch
    {
        [] => null,
        [{ SpatialLayers: 1, TemporalLayers: 1 }] => RtpParametersType.Simple,
        [_] => RtpParametersType.Svc,
        _ when encodings.All(layers => layers.SpatialLayers == 1) => RtpParametersType.Simulcast,
        _ => null,
    };

    /// <exception cref="RequestException">TypeError: what is wrong with the parameters.</exception>
    public static MediaParameters Read(RtpParameters parameters)
    {
        if (parameters.Codecs.Count == 0)
        {
            throw RequestException.TypeError("empty rtpParameters.codecs");
        }

        if (parameters.Encodings.Count == 0)
        {
            throw RequestException.TypeError("empty rtpParameters.encodings");
        }

        if (parameters.Encodings.Count > MaxEncodings)
        {
            throw RequestException.TypeError($"more than {MaxEncodings} rtpParameters.encodings");
        }

        if (string.IsNullOrEmpty(parameters.Rtcp.Cname))
        {
            throw RequestException.TypeError("missing or empty rtpParameters.rtcp.cname");
        }

        if (System.Text.Encoding.UTF8.GetByteCount(parameters.Rtcp.Cname) > byte.MaxValue)
        {
            throw RequestException.TypeError("rtpParameters.rtcp.cname is longer than 255 bytes");
        }

        // Each packet of a consumer carries it in a header extension (RFC 8285 section 4.3).
        if (parameters.Mid is { } mid && System.Text.Encoding.UTF8.GetByteCount(mid) > byte.MaxValue)
        {
            throw RequestException.TypeError("rtpParameters.mid is longer than 255 bytes");
        }

        if (parameters.HeaderExtensions.Any(extension => extension.Id == 0))
        {
            throw RequestException.TypeError("RTP extension id cannot be 0");
        }

        var codecs = MediaCodecs.Read(parameters.Codecs);
        MediaEncoding[] encodings = [.. parameters.Encodings.Select(codecs.Resolve)];
        var canonical = parameters with
        {
            Codecs = codecs.Parameters,
            Encodings = [.. encodings.Select(encoding => encoding.Parameters)],
        };
        return new MediaParameters(canonical, encodings, parameters.Rtcp.Cname);
    }

    /// <summary>The id under which this side of the connection carries an extension; null when it was not negotiated.</summary>
    public byte? ExtensionId(RtpHeaderExtensionUri uri)
    {
        foreach (var extension in Parameters.HeaderExtensions)
        {
            if (extension.Uri == uri)
            {
                return extension.Id;
            }
        }

        return null;
    }

    /// <summary>Whether the first encoding's codec negotiated this feedback.</summary>
    public bool HasFeedback(string type)
    {
        foreach (var codec in Parameters.Codecs)
        {
            if (codec.PayloadType == Encodings[0].PayloadType)
            {
                return codec.RtcpFeedback?.Any(feedback => feedback.Type == type) ?? false;
            }
        }

        return false;
    }
}
