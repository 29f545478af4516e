using Bisque.Primitives;

namespace Bisque.Dtls.Handshake;

/// <summary>The extensions of a hello in place (RFC 5246 section 7.4.1.4). Unknown ones are passed over.</summary>
internal ref struct HelloExtensions
{
    public bool HasExtendedMasterSecret { get; private set; }

    public bool HasRenegotiationInfo { get; private set; }

    /// <summary>renegotiated_connection, empty in a first handshake.</summary>
    public ReadOnlySpan<byte> RenegotiatedConnection { get; private set; }

    public bool HasPointFormats { get; private set; }

    /// <summary>One byte each.</summary>
    public ReadOnlySpan<byte> PointFormats { get; private set; }

    public bool HasSupportedGroups { get; private set; }

    /// <summary>16 bits each.</summary>
    public ReadOnlySpan<byte> SupportedGroups { get; private set; }

    /// <summary>16 bits each.</summary>
    public ReadOnlySpan<byte> SignatureAlgorithms { get; private set; }

    public bool HasSrtp { get; private set; }

    /// <summary>16 bits each.</summary>
    public ReadOnlySpan<byte> SrtpProfiles { get; private set; }

    /// <summary>The master key identifier.</summary>
    public ReadOnlySpan<byte> SrtpMki { get; private set; }

    /// <summary>Whether there is one that this endpoint never sends, so that a server must not answer it.</summary>
    public bool HasUnknown { get; private set; }

    /// <summary>Parses what follows the compression methods of a hello; nothing at all is right too.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out HelloExtensions extensions)
    {
        extensions = default;
        if (bytes.IsEmpty)
        {
            return true;
        }

        var reader = new ByteReader(bytes);
        if (!reader.TryReadUInt16(out var length) || length != reader.Remaining)
        {
            return false;
        }

        while (reader.Remaining > 0)
        {
            if (!reader.TryReadUInt16(out var type)
                || !reader.TryReadUInt16(out var size)
                || !reader.TryReadBytes(size, out var content)
                || !extensions.TryAdd((HelloExtension)type, content))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryAdd(HelloExtension type, ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> list;
        switch (type)
        {
            case HelloExtension.ExtendedMasterSecret:
                HasExtendedMasterSecret = true;
                return content.IsEmpty;
            case HelloExtension.RenegotiationInfo when TryReadByteList(content, out list):
                HasRenegotiationInfo = true;
                RenegotiatedConnection = list;
                return true;
            case HelloExtension.EcPointFormats when TryReadByteList(content, out list):
                HasPointFormats = true;
                PointFormats = list;
                return true;
            case HelloExtension.SupportedGroups when TryReadUInt16List(content, out list, out var rest):
                HasSupportedGroups = true;
                SupportedGroups = list;
                return rest.IsEmpty;
            case HelloExtension.SignatureAlgorithms when TryReadUInt16List(content, out list, out var rest):
                SignatureAlgorithms = list;
                return rest.IsEmpty;
            case HelloExtension.UseSrtp when TryReadUInt16List(content, out list, out var rest) && TryReadByteList(rest, out var identifier):
                HasSrtp = true;
                SrtpProfiles = list;
                SrtpMki = identifier;
                return true;
            case HelloExtension.RenegotiationInfo or HelloExtension.EcPointFormats or HelloExtension.SupportedGroups
                or HelloExtension.SignatureAlgorithms or HelloExtension.UseSrtp:
                return false;
            default:
                HasUnknown = true;
                return true;
        }
    }

    private static bool TryReadByteList(ReadOnlySpan<byte> content, out ReadOnlySpan<byte> list)
    {
        var reader = new ByteReader(content);
        list = default;
        return reader.TryReadByte(out var length) && reader.TryReadBytes(length, out list) && reader.Remaining == 0;
    }

    private static bool TryReadUInt16List(ReadOnlySpan<byte> content, out ReadOnlySpan<byte> list, out ReadOnlySpan<byte> rest)
    {
        var reader = new ByteReader(content);
        list = default;
        var complete = reader.TryReadUInt16(out var length) && length % 2 == 0 && reader.TryReadBytes(length, out list);
        rest = reader.Rest;
        return complete;
    }
}
