using System.Globalization;
using Bisque.Dtls;
using Bisque.Primitives;

namespace Bisque.DtlsPeer;

/// <summary>What the command line says: pairs of a name and a value.</summary>
internal sealed record PeerOptions
{
    public DtlsRole Role { get; private init; }

    /// <summary>The UDP port to bind on 127.0.0.1; 0 lets the system choose.</summary>
    public ushort Port { get; private init; }

    /// <summary>The port to talk to on 127.0.0.1; 0 waits for somebody and answers there.</summary>
    public ushort PeerPort { get; private init; }

    /// <summary>The SHA-256 fingerprint that the peer's certificate must have.</summary>
    public DtlsFingerprint Fingerprint { get; private init; }

    /// <summary>Files of the certificate and its key; a certificate is generated when there are none.</summary>
    public (string Certificate, string Key)? Files { get; private init; }

    public int Mtu { get; private init; } = DtlsOptions.DefaultMtu;

    /// <summary>SRTP profiles in order of preference; empty for the default.</summary>
    public IReadOnlyList<ushort> SrtpProfiles { get; private init; } = [];

    /// <exception cref="ArgumentException">A name is not known, or its value is missing.</exception>
    public static PeerOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new PeerOptions();
        var (certificate, key) = ("", "");
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : throw new ArgumentException($"{arguments[i]} has no value");
            (options, certificate, key) = arguments[i] switch
            {
                "--role" => (options with { Role = Enum.Parse<DtlsRole>(value, ignoreCase: true) }, certificate, key),
                "--port" => (options with { Port = Number(value) }, certificate, key),
                "--peer-port" => (options with { PeerPort = Number(value) }, certificate, key),
                "--fingerprint" => (options with { Fingerprint = new(FingerprintAlgorithm.Sha256, value) }, certificate, key),
                "--certificate" => (options, value, key),
                "--key" => (options, certificate, value),
                "--mtu" => (options with { Mtu = Number(value) }, certificate, key),
                "--srtp" => (options with { SrtpProfiles = [.. value.Split(',').Select(Number)] }, certificate, key),
                _ => throw new ArgumentException($"{arguments[i]} is not known"),
            };
        }

        return certificate.Length > 0 ? options with { Files = (certificate, key) } : options;
    }

    /// <summary>The same as the endpoint wants it.</summary>
    public DtlsOptions ToDtlsOptions()
    {
        var random = new SystemRandomSource();
        var dtls = new DtlsOptions
        {
            Role = Role,
            Random = random,
            Mtu = Mtu,
            Certificate = Files is var (certificate, key)
                ? DtlsCertificate.FromPem(File.ReadAllText(certificate), File.ReadAllText(key))
                : DtlsCertificate.Generate(random, DateTimeOffset.UtcNow),
        };
        return SrtpProfiles.Count > 0 ? dtls with { SrtpProfiles = SrtpProfiles } : dtls;
    }

    private static ushort Number(string text) => ushort.Parse(text, CultureInfo.InvariantCulture);
}
