using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Rtp.Tests.Captures;

/// <summary>A packet of a recording, read.</summary>
/// <param name="At">Microseconds from the first packet of the recording.</param>
/// <param name="SequenceNumber">The sequence number.</param>
/// <param name="Timestamp">The timestamp.</param>
/// <param name="Marker">The marker.</param>
/// <param name="Payload">The payload; only its begin is what was sent.</param>
/// <param name="Descriptor">The value of the dependency descriptor; empty when there is none.</param>
/// <param name="Info">What the inspector says of it.</param>
internal sealed record CapturedMedia(
    long At, SequenceNumber SequenceNumber, uint Timestamp, bool Marker, byte[] Payload, byte[] Descriptor, PayloadInfo Info)
{
    /// <summary>Reads a stream of a recording, and holds that it is whole and in order.</summary>
    public static List<CapturedMedia> Read(RtpCapture capture, int stream = 0)
    {
        var codec = Enum.Parse<PayloadCodec>(capture.Description.MimeType.Split('/')[1], ignoreCase: true);
        var descriptorId = capture.ExtensionId(RtpHeaderExtensionUri.DependencyDescriptor.Text());
        var reader = new DependencyDescriptorReader();
        var packets = new List<CapturedMedia>();
        foreach (var captured in capture.Of(stream))
        {
            Assert.True(RtpPacket.TryParse(captured.Bytes, out var packet));
            Assert.Equal(capture.Description.PayloadType, packet.PayloadType);
            packet.TryGetExtension(descriptorId, out var descriptor);
            var info = PayloadInspector.Inspect(codec, packet.Payload, descriptor, reader, packet.SequenceNumber);
            packets.Add(new CapturedMedia(
                captured.Microseconds,
                packet.SequenceNumber,
                packet.Timestamp.Value,
                packet.Marker,
                packet.Payload.ToArray(),
                descriptor.ToArray(),
                info));
        }

        for (var i = 1; i < packets.Count; i++)
        {
            Assert.Equal(packets[i - 1].SequenceNumber.Next, packets[i].SequenceNumber);
        }

        return packets;
    }

    /// <summary>Reads a stream and divides it into pictures: of video, packets of one timestamp, of which the last has the marker.</summary>
    public static List<CapturedMedia[]> ReadPictures(RtpCapture capture, int stream = 0)
    {
        var pictures = Read(capture, stream).GroupBy(packet => packet.Timestamp).Select(group => group.ToArray()).ToList();
        foreach (var picture in pictures)
        {
            Assert.All(picture[..^1], packet => Assert.False(packet.Marker));
            Assert.True(picture[^1].Marker || picture == pictures[^1]);
        }

        for (var i = 1; i < pictures.Count; i++)
        {
            Assert.InRange((int)(pictures[i][0].Timestamp - pictures[i - 1][0].Timestamp), 1, 90_000 / 5);
        }

        return pictures;
    }

    /// <summary>Pictures with a packet at which decoding can start: it is the first of them.</summary>
    public static int[] KeyPictures(List<CapturedMedia[]> pictures)
    {
        var keys = Enumerable.Range(0, pictures.Count).Where(i => pictures[i].Any(packet => packet.Info.IsKeyFrame)).ToArray();
        Assert.All(keys, key =>
        {
            Assert.True(pictures[key][0].Info.IsKeyFrame);
            Assert.All(pictures[key][1..], packet => Assert.False(packet.Info.IsKeyFrame));
        });
        return keys;
    }

    /// <summary>Holds that the recording begins with a key picture, and that one came after each request, within 0.1 s, and no other.</summary>
    public static void AssertKeyPicturesAsAsked(RtpCapture capture, List<CapturedMedia[]> pictures, double within = 0.1)
    {
        var requests = capture.Description.Events.Where(item => item.Key.StartsWith("keyFrameRequest", StringComparison.Ordinal)).Select(item => item.Value).ToArray();
        var keys = KeyPictures(pictures).Select(key => pictures[key][0].At).ToArray();
        Assert.Equal(3, requests.Length);
        Assert.Equal(1 + requests.Length, keys.Length);
        for (var i = 0; i < requests.Length; i++)
        {
            Assert.InRange(keys[i + 1] - requests[i], 0, (long)(within * 1e6));
        }
    }
}
