using Bisque.Dtls.Crypto;
using Bisque.Primitives;

namespace Bisque.Dtls.Handshake;

/// <summary>Writes the extensions of our hellos.</summary>
internal static class HelloExtensionWriter
{
    public static void WriteExtendedMasterSecret(ref ByteWriter writer) => WriteHeader(ref writer, HelloExtension.ExtendedMasterSecret, 0);

    public static void WriteRenegotiationInfo(ref ByteWriter writer)
    {
        WriteHeader(ref writer, HelloExtension.RenegotiationInfo, 1);
        writer.WriteByte(0);
    }

    /// <summary>Uncompressed points only, as every peer must understand.</summary>
    public static void WritePointFormats(ref ByteWriter writer)
    {
        WriteHeader(ref writer, HelloExtension.EcPointFormats, 2);
        writer.WriteByte(1);
        writer.WriteByte(0);
    }

    public static void WriteSupportedGroups(ref ByteWriter writer)
    {
        var groups = EphemeralKey.GroupsInOrderOfPreference;
        WriteHeader(ref writer, HelloExtension.SupportedGroups, 2 + 2 * groups.Length);
        writer.WriteUInt16((ushort)(2 * groups.Length));
        foreach (var group in groups)
        {
            writer.WriteUInt16((ushort)group);
        }
    }

    public static void WriteSignatureAlgorithms(ref ByteWriter writer)
    {
        WriteHeader(ref writer, HelloExtension.SignatureAlgorithms, 2 + 2 * SignatureSchemes.InOrderOfPreference.Length);
        WriteSchemes(ref writer);
    }

    /// <summary>The list alone, as a CertificateRequest carries it too.</summary>
    public static void WriteSchemes(ref ByteWriter writer)
    {
        var schemes = SignatureSchemes.InOrderOfPreference;
        writer.WriteUInt16((ushort)(2 * schemes.Length));
        foreach (var scheme in schemes)
        {
            writer.WriteUInt16((ushort)scheme);
        }
    }

    public static void WriteSrtp(ref ByteWriter writer, IReadOnlyList<ushort> profiles)
    {
        WriteHeader(ref writer, HelloExtension.UseSrtp, 2 + 2 * profiles.Count + 1);
        writer.WriteUInt16((ushort)(2 * profiles.Count));
        for (var i = 0; i < profiles.Count; i++)
        {
            writer.WriteUInt16(profiles[i]);
        }

        writer.WriteByte(0);
    }

    private static void WriteHeader(ref ByteWriter writer, HelloExtension type, int length)
    {
        writer.WriteUInt16((ushort)type);
        writer.WriteUInt16((ushort)length);
    }
}
