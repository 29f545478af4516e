using System.Buffers.Binary;
using System.Text.Json;

namespace Bisque.Testing;

/// <summary>
/// A recording of what a real program sent: RTP packets with the time of their arrival, and what it was asked and told meanwhile. The files
/// and their format are in tests/Bisque.Rtp.Tests/Fixtures.
/// </summary>
public sealed class RtpCapture
{
    private const int HeadLength = 8;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static ReadOnlySpan<byte> Magic => "RTPCAP1\n"u8;

    private RtpCapture(CaptureDescription description, List<CapturedPacket> packets)
    {
        Description = description;
        Packets = packets;
    }

    /// <summary>Who sent what.</summary>
    public CaptureDescription Description { get; }

    /// <summary>All packets in the order of their arrival, RTCP among them.</summary>
    public IReadOnlyList<CapturedPacket> Packets { get; }

    /// <summary>The RTP packets of one of the streams, by its place in the description.</summary>
    public IEnumerable<CapturedPacket> Of(int stream) => Packets.Where(packet => !packet.IsRtcp && packet.Ssrc == Description.Streams[stream].Ssrc);

    /// <summary>The id of a header extension; 0 when it was not negotiated.</summary>
    public byte ExtensionId(string uri) => Description.Extensions.GetValueOrDefault(uri);

    /// <summary>Reads a fixture by its name, without folder and extension.</summary>
    public static RtpCapture Load(string name)
    {
        using var resource = typeof(RtpCapture).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        if (!bytes.AsSpan().StartsWith(Magic))
        {
            throw new InvalidDataException(name);
        }

        var rest = bytes.AsSpan(Magic.Length);
        var textLength = BinaryPrimitives.ReadUInt16BigEndian(rest);
        var description = JsonSerializer.Deserialize<CaptureDescription>(rest.Slice(2, textLength), Json)!;
        rest = rest[(2 + textLength)..];
        var packets = new List<CapturedPacket>();
        while (!rest.IsEmpty)
        {
            var kept = BinaryPrimitives.ReadUInt16BigEndian(rest[6..]);
            var packet = new byte[BinaryPrimitives.ReadUInt16BigEndian(rest[4..])];
            rest.Slice(HeadLength, kept).CopyTo(packet);
            packets.Add(new CapturedPacket(BinaryPrimitives.ReadUInt32BigEndian(rest), packet, kept));
            rest = rest[(HeadLength + kept)..];
        }

        return new RtpCapture(description, packets);
    }
}
