using System.Text;
using Bisque.Engine.Packets;
using Bisque.Engine.Parameters;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Rtp;
using RtpHeaderExtensionUri = Bisque.Model.RtpHeaderExtensionUri;

namespace Bisque.Engine.Sending;

/// <summary>
/// Writes the RTP header that a consumer's packets get: its own numbers, and of the received extensions those that its receiver
/// negotiated. abs-send-time and the transport-wide number are left for the outbox to fill in.
/// </summary>
internal sealed class OutgoingHeader
{
    private readonly byte[] _mid;
    private readonly byte _midId;
    private readonly byte _absSendTime;
    private readonly byte _transportWide;
    private readonly byte _audioLevel;
    private readonly byte _dependencyDescriptor;
    private readonly byte _orientation;
    private readonly byte _timeOffset;
    private readonly byte _absCaptureTime;
    private readonly byte _playoutDelay;
    private readonly byte _packetId;

    public OutgoingHeader(MediaKind kind, MediaParameters media)
    {
        _mid = Encoding.UTF8.GetBytes(media.Mid ?? "");
        _midId = _mid.Length > 0 ? Id(RtpHeaderExtensionUri.Mid) : (byte)0;
        _absCaptureTime = Id(RtpHeaderExtensionUri.AbsCaptureTime);
        _playoutDelay = Id(RtpHeaderExtensionUri.PlayoutDelay);
        _packetId = Id(RtpHeaderExtensionUri.MediasoupPacketId);
        if (kind == MediaKind.Audio)
        {
            _audioLevel = Id(RtpHeaderExtensionUri.SsrcAudioLevel);
        }
        else
        {
            // Audio is left out of bandwidth estimation: it is small, and must not be slowed with video.
            _absSendTime = Id(RtpHeaderExtensionUri.AbsSendTime);
            _transportWide = Id(RtpHeaderExtensionUri.TransportWideCcDraft01);
            _dependencyDescriptor = Id(RtpHeaderExtensionUri.DependencyDescriptor);
            _orientation = Id(RtpHeaderExtensionUri.VideoOrientation);
            _timeOffset = Id(RtpHeaderExtensionUri.TimeOffset);
        }

        byte Id(RtpHeaderExtensionUri uri) => media.ExtensionId(uri) ?? 0;
    }

    /// <summary>Writes the header; says how long it is and where the outbox fills in.</summary>
    public OutgoingHeaderLayout Write(
        Span<byte> head, in OutgoingNumbers numbers, MediaPacket packet, TimeSpan? senderClockLead, PayloadRewrite rewrite = default)
    {
        var writer = new RtpHeaderWriter(head, numbers.Marker, numbers.PayloadType, numbers.SequenceNumber, numbers.Timestamp, numbers.Ssrc);
        if (rewrite.IsPadding)
        {
            writer.MarkPadding();
        }

        ref readonly var extensions = ref packet.Extensions;
        if (_midId != 0)
        {
            writer.AddExtension(_midId, _mid);
        }

        if (_absCaptureTime != 0 && extensions.AbsoluteCaptureTime is { } captureTime && senderClockLead is { } lead)
        {
            AddCaptureTime(ref writer, new AbsCaptureTime(captureTime, extensions.CaptureClockOffset), lead);
        }

        if (_playoutDelay != 0 && extensions.PlayoutDelay is { } playoutDelay)
        {
            writer.AddExtension(_playoutDelay, [(byte)(playoutDelay >> 16), (byte)(playoutDelay >> 8), (byte)playoutDelay]);
        }

        if (_audioLevel != 0 && extensions.AudioLevel is { } audioLevel)
        {
            writer.AddExtension(_audioLevel, [audioLevel]);
        }

        AddVideoExtensions(ref writer, packet, extensions, rewrite);
        if (_packetId != 0 && extensions.PacketId is { } packetId)
        {
            writer.AddExtension(_packetId, [(byte)(packetId >> 24), (byte)(packetId >> 16), (byte)(packetId >> 8), (byte)packetId]);
        }

        return new OutgoingHeaderLayout(writer.Finish(), writer.AbsSendTimeOffset, writer.TransportWideNumberOffset);
    }

    private void AddVideoExtensions(scoped ref RtpHeaderWriter writer, MediaPacket packet, in MediaExtensions extensions, PayloadRewrite rewrite)
    {
        if (_absSendTime != 0)
        {
            writer.AddAbsSendTime(_absSendTime);
        }

        if (_transportWide != 0)
        {
            writer.AddTransportWideNumber(_transportWide);
        }

        // A frame that the receiver does not get must not be announced.
        if (_dependencyDescriptor != 0 && !rewrite.IsPadding && extensions.DependencyDescriptorLength > 0)
        {
            AddDependencyDescriptor(
                ref writer,
                packet,
                packet.Buffer.Array.AsSpan(extensions.DependencyDescriptorOffset, extensions.DependencyDescriptorLength),
                rewrite);
        }

        if (_orientation != 0 && extensions.VideoOrientation is { } orientation)
        {
            writer.AddExtension(_orientation, [orientation]);
        }

        if (_timeOffset != 0 && extensions.TimeOffset is { } timeOffset)
        {
            Span<byte> value = stackalloc byte[TransmissionTimeOffset.Length];
            new TransmissionTimeOffset(timeOffset).Write(value);
            writer.AddExtension(_timeOffset, value);
        }
    }

    private void AddDependencyDescriptor(
        scoped ref RtpHeaderWriter writer, MediaPacket packet, ReadOnlySpan<byte> descriptor, PayloadRewrite rewrite)
    {
        // A value of more than 255 bytes could not be written.
        if (rewrite.ActiveTargets is not { } targets || descriptor.Length + DependencyDescriptorWriter.LargestGrowth > byte.MaxValue)
        {
            writer.AddExtension(_dependencyDescriptor, descriptor);
            return;
        }

        Span<byte> value = stackalloc byte[byte.MaxValue];
        var length = DependencyDescriptorWriter.WriteWithActiveTargets(descriptor, packet.PayloadInfo.Dependencies, targets, value);
        writer.AddExtension(_dependencyDescriptor, value[..length]);
    }

    private void AddCaptureTime(scoped ref RtpHeaderWriter writer, AbsCaptureTime received, TimeSpan senderClockLead)
    {
        if (received.TryMoveClockOffset((long)senderClockLead.TotalMicroseconds, out var moved))
        {
            Span<byte> value = stackalloc byte[AbsCaptureTime.LongLength];
            writer.AddExtension(_absCaptureTime, value[..moved.Write(value)]);
        }
    }
}

/// <summary>The numbers that a packet gets for one receiver.</summary>
/// <param name="Ssrc">The source.</param>
/// <param name="PayloadType">The payload type.</param>
/// <param name="SequenceNumber">The number.</param>
/// <param name="Timestamp">The timestamp.</param>
/// <param name="Marker">The marker.</param>
/// <param name="TimestampLead">By how many units the timestamp is later than it should be by the time of capture.</param>
internal readonly record struct OutgoingNumbers(
    Ssrc Ssrc, byte PayloadType, SequenceNumber SequenceNumber, RtpTimestamp Timestamp, bool Marker, int TimestampLead = 0);

/// <summary>A written header: its length, and where the fields of the moment of sending are (-1: not there).</summary>
internal readonly record struct OutgoingHeaderLayout(int Length, int AbsSendTimeOffset, int WideSequenceNumberOffset);
