using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>What the engine knows of a received RTP packet once its header and payload descriptor were read.</summary>
internal readonly record struct RtpPacketInfo
{
    /// <summary>The stream that the packet belongs to.</summary>
    public Ssrc Ssrc { get; init; }

    /// <summary>Payload type, 0 to 127.</summary>
    public byte PayloadType { get; init; }

    /// <summary>Position in the stream.</summary>
    public SequenceNumber SequenceNumber { get; init; }

    /// <summary>Sampling instant in clock-rate units.</summary>
    public RtpTimestamp Timestamp { get; init; }

    /// <summary>The marker bit: for video, the last packet of a frame.</summary>
    public bool Marker { get; init; }

    /// <summary>Whether a key frame starts in this packet.</summary>
    public bool IsKeyFrame { get; init; }

    /// <summary>Spatial layer by the payload descriptor, 0 without layers.</summary>
    public byte SpatialLayer { get; init; }

    /// <summary>Temporal layer by the payload descriptor, 0 without layers.</summary>
    public byte TemporalLayer { get; init; }

    /// <summary>Bytes of the whole packet, header and padding included.</summary>
    public int Size { get; init; }

    /// <summary>Payload bytes without padding.</summary>
    public int PayloadLength { get; init; }

    /// <summary>Padding bytes at the end.</summary>
    public int PaddingLength { get; init; }

    /// <summary>When the packet arrived.</summary>
    public MonotonicTime ReceivedAt { get; init; }

    /// <summary>Whether the packet carries nothing but padding, as probes do.</summary>
    public bool IsPaddingOnly => PayloadLength == 0 && PaddingLength > 0;
}
