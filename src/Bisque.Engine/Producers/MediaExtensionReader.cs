using System.Buffers.Binary;
using Bisque.Engine.Packets;
using Bisque.Engine.Parameters;
using Bisque.Rtp;
using RtpHeaderExtensionUri = Bisque.Model.RtpHeaderExtensionUri;

namespace Bisque.Engine.Producers;

/// <summary>Reads, from a producer's packets, the header extensions that go on to receivers. Values that are cut short count as absent.</summary>
internal sealed class MediaExtensionReader(MediaParameters media)
{
    private readonly byte _absCaptureTime = Id(media, RtpHeaderExtensionUri.AbsCaptureTime);
    private readonly byte _audioLevel = Id(media, RtpHeaderExtensionUri.SsrcAudioLevel);
    private readonly byte _dependencyDescriptor = Id(media, RtpHeaderExtensionUri.DependencyDescriptor);
    private readonly byte _orientation = Id(media, RtpHeaderExtensionUri.VideoOrientation);
    private readonly byte _timeOffset = Id(media, RtpHeaderExtensionUri.TimeOffset);
    private readonly byte _playoutDelay = Id(media, RtpHeaderExtensionUri.PlayoutDelay);
    private readonly byte _packetId = Id(media, RtpHeaderExtensionUri.MediasoupPacketId);

    /// <summary>Under which id the sender carries the dependency descriptor; 0 when it does not.</summary>
    public byte DependencyDescriptorId => _dependencyDescriptor;

    /// <summary>Reads the extensions of a packet that begins at <paramref name="packetOffset"/> of its buffer's array.</summary>
    public MediaExtensions Read(in RtpPacket packet, int packetOffset)
    {
        var values = default(MediaExtensions);
        foreach (var extension in packet.Extensions)
        {
            var id = extension.Id;
            var value = extension.Value;
            if (id == _absCaptureTime && AbsCaptureTime.TryParse(value, out var captureTime))
            {
                values = values with { AbsoluteCaptureTime = captureTime.CaptureTime, CaptureClockOffset = captureTime.ClockOffset };
            }
            else if (id == _audioLevel && value.Length >= AudioLevel.Length)
            {
                values = values with { AudioLevel = value[0] };
            }
            else if (id == _orientation && value.Length >= VideoOrientation.Length)
            {
                values = values with { VideoOrientation = value[0] };
            }
            else if (id == _timeOffset && TransmissionTimeOffset.TryParse(value, out var timeOffset))
            {
                values = values with { TimeOffset = timeOffset.Units };
            }
            else if (id == _playoutDelay && value.Length >= PlayoutDelay.Length)
            {
                values = values with { PlayoutDelay = ((uint)value[0] << 16) | ((uint)value[1] << 8) | value[2] };
            }
            else if (id == _packetId && value.Length >= 4)
            {
                values = values with { PacketId = BinaryPrimitives.ReadUInt32BigEndian(value) };
            }
            else if (id == _dependencyDescriptor && value.Length > 0)
            {
                values = values with { DependencyDescriptorOffset = packetOffset + extension.Offset, DependencyDescriptorLength = value.Length };
            }
        }

        return values;
    }

    private static byte Id(MediaParameters media, RtpHeaderExtensionUri uri) => media.ExtensionId(uri) ?? 0;
}
