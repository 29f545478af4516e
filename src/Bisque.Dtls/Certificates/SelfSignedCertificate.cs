using System.Formats.Asn1;
using System.Security.Cryptography;
using Bisque.Primitives;

namespace Bisque.Dtls.Certificates;

/// <summary>
/// Writes a self-signed certificate (RFC 5280 section 4.1) by hand: a dozen fields, where the framework's and BouncyCastle's
/// generators would each load megabytes of code into a worker that is otherwise idle.
/// </summary>
internal static class SelfSignedCertificate
{
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    private const string OrganizationName = "2.5.4.10";
    private const string CommonName = "2.5.4.3";

    /// <summary>Dates from 2050 on are written as GeneralizedTime (RFC 5280 section 4.1.2.5).</summary>
    private const int LastUtcTimeYear = 2049;

    /// <summary>A certificate of <paramref name="key"/> with <paramref name="name"/> as organization and common name.</summary>
    public static byte[] Create(ECDsa key, string name, DateTimeOffset notBefore, DateTimeOffset notAfter, RandomSource random)
    {
        var signed = new AsnWriter(AsnEncodingRules.DER);
        using (signed.PushSequence())
        {
            using (signed.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                signed.WriteInteger(2);
            }

            signed.WriteInteger(random.NextUInt64() >> 1);
            WriteAlgorithm(signed);
            WriteName(signed, name);
            using (signed.PushSequence())
            {
                WriteTime(signed, notBefore);
                WriteTime(signed, notAfter);
            }

            WriteName(signed, name);
            signed.WriteEncodedValue(key.ExportSubjectPublicKeyInfo());
        }

        var body = signed.Encode();
        var certificate = new AsnWriter(AsnEncodingRules.DER);
        using (certificate.PushSequence())
        {
            certificate.WriteEncodedValue(body);
            WriteAlgorithm(certificate);
            certificate.WriteBitString(key.SignData(body, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }

        return certificate.Encode();
    }

    private static void WriteAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(EcdsaWithSha256);
        }
    }

    private static void WriteName(AsnWriter writer, string name)
    {
        using (writer.PushSequence())
        {
            WriteAttribute(writer, OrganizationName, name);
            WriteAttribute(writer, CommonName, name);
        }
    }

    private static void WriteAttribute(AsnWriter writer, string type, string value)
    {
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(type);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, value);
        }
    }

    private static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        if (time.UtcDateTime.Year <= LastUtcTimeYear)
        {
            writer.WriteUtcTime(time, LastUtcTimeYear);
        }
        else
        {
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }
    }
}
