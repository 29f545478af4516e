using System.Diagnostics.CodeAnalysis;
using Bisque.Model;
using Bisque.Rtp;

namespace Bisque.Engine.Parameters;

/// <summary>The codecs that may appear in RTP parameters, by the subtype of their media type.</summary>
internal enum CodecSubtype : byte
{
    Opus,
    MultiOpus,
    Pcma,
    Pcmu,
    Isac,
    G722,
    Ilbc,
    Silk,
    ComfortNoise,
    TelephoneEvent,
    Vp8,
    Vp9,
    H264,
    Av1,
    Rtx,
    Ulpfec,
    Flexfec,
    XUlpfecUc,
    Red,
}

/// <summary>A media type such as <c>video/VP8</c>: found whatever its case, written in the canonical one.</summary>
internal readonly record struct MimeType(MediaKind Kind, CodecSubtype Subtype)
{
    private static readonly (CodecSubtype Subtype, string Name, MediaKind? Kind)[] Known =
    [
        (CodecSubtype.Opus, "opus", MediaKind.Audio),
        (CodecSubtype.MultiOpus, "multiopus", MediaKind.Audio),
        (CodecSubtype.Pcma, "PCMA", MediaKind.Audio),
        (CodecSubtype.Pcmu, "PCMU", MediaKind.Audio),
        (CodecSubtype.Isac, "ISAC", MediaKind.Audio),
        (CodecSubtype.G722, "G722", MediaKind.Audio),
        (CodecSubtype.Ilbc, "iLBC", MediaKind.Audio),
        (CodecSubtype.Silk, "SILK", MediaKind.Audio),
        (CodecSubtype.ComfortNoise, "CN", MediaKind.Audio),
        (CodecSubtype.TelephoneEvent, "telephone-event", MediaKind.Audio),
        (CodecSubtype.Vp8, "VP8", MediaKind.Video),
        (CodecSubtype.Vp9, "VP9", MediaKind.Video),
        (CodecSubtype.H264, "H264", MediaKind.Video),
        (CodecSubtype.Av1, "AV1", MediaKind.Video),
        (CodecSubtype.Rtx, "rtx", null),
        (CodecSubtype.Ulpfec, "ulpfec", null),
        (CodecSubtype.Flexfec, "flexfec", null),
        (CodecSubtype.XUlpfecUc, "x-ulpfecuc", null),
        (CodecSubtype.Red, "red", null),
    ];

    /// <summary>Whether this is a codec of media, not one that repairs another's packets.</summary>
    public bool IsMedia => !IsFeature;

    /// <summary>Whether this is retransmission or forward error correction.</summary>
    public bool IsFeature => Subtype >= CodecSubtype.Rtx;

    /// <summary>Whether a decoder of this codec can only begin at a key frame that packets show.</summary>
    public bool CanBeKeyFrame => PayloadCodec.CanHaveKeyFrames();

    /// <summary>Whose payload descriptor packets of this codec begin with.</summary>
    public PayloadCodec PayloadCodec => Subtype switch
    {
        CodecSubtype.Opus or CodecSubtype.MultiOpus => PayloadCodec.Opus,
        CodecSubtype.Vp8 => PayloadCodec.Vp8,
        CodecSubtype.Vp9 => PayloadCodec.Vp9,
        CodecSubtype.H264 => PayloadCodec.H264,
        CodecSubtype.Av1 => PayloadCodec.Av1,
        _ => PayloadCodec.Other,
    };

    /// <summary>Reads a media type. False for kinds and subtypes that the worker does not know.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MimeType mimeType)
    {
        mimeType = default;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash <= 0)
        {
            return false;
        }

        var kindText = text.AsSpan(0, slash);
        MediaKind kind;
        if (kindText.Equals("audio", StringComparison.OrdinalIgnoreCase))
        {
            kind = MediaKind.Audio;
        }
        else if (kindText.Equals("video", StringComparison.OrdinalIgnoreCase))
        {
            kind = MediaKind.Video;
        }
        else
        {
            return false;
        }

        foreach (var known in Known)
        {
            if (text.AsSpan(slash + 1).Equals(known.Name, StringComparison.OrdinalIgnoreCase) && (known.Kind ?? kind) == kind)
            {
                mimeType = new MimeType(kind, known.Subtype);
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(Kind == MediaKind.Audio ? "audio" : "video")}/{Known[(int)Subtype].Name}";
}
