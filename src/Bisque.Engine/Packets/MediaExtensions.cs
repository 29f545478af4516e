using Bisque.Primitives;

namespace Bisque.Engine.Packets;

/// <summary>
/// The header extension values of a received packet that are passed on to receivers, read once. What a sender did not give is null.
/// Values are kept as numbers, so that a consumer writes them with its own extension ids.
/// </summary>
internal readonly record struct MediaExtensions
{
    /// <summary>Capture time by the clock of the capturing system (abs-capture-time extension).</summary>
    public NtpTime? AbsoluteCaptureTime { get; init; }

    /// <summary>
    /// The optional second half of abs-capture-time: how far the capturing system's clock is ahead of the sender's, Q32.32 seconds.
    /// </summary>
    public long? CaptureClockOffset { get; init; }

    /// <summary>Voice flag and level as they stand on the wire (RFC 6464 section 3).</summary>
    public byte? AudioLevel { get; init; }

    /// <summary>Camera, flip and rotation as they stand on the wire (3GPP TS 26.114 section 7.4.5).</summary>
    public byte? VideoOrientation { get; init; }

    /// <summary>Transmission time offset in timestamp units, 24 bits with sign (RFC 5450).</summary>
    public int? TimeOffset { get; init; }

    /// <summary>Minimum and maximum playout delay, 12 bits each, as on the wire.</summary>
    public uint? PlayoutDelay { get; init; }

    /// <summary>The number that mediasoup workers give a packet to recognise it behind pipes.</summary>
    public uint? PacketId { get; init; }

    /// <summary>Where the dependency descriptor starts in the buffer's array; its length is 0 when there is none.</summary>
    public int DependencyDescriptorOffset { get; init; }

    /// <summary>Length of the dependency descriptor in bytes, 0 when there is none.</summary>
    public int DependencyDescriptorLength { get; init; }
}
