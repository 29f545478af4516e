using System.Buffers.Binary;
using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>
/// The abs-capture-time header extension: when the first sample of a packet was captured, and, in its 16-byte form, how far the
/// capture clock is ahead of the clock of the system that sends the packet.
/// </summary>
/// <param name="CaptureTime">Capture instant by the capture system's clock.</param>
/// <param name="ClockOffset">
/// Capture clock minus sender's clock in units of 2^-32 s, with sign; null in the 8-byte form, where the sender says nothing about it.
/// </param>
public readonly record struct AbsCaptureTime(NtpTime CaptureTime, long? ClockOffset)
{
    /// <summary>Bytes of the value without a clock offset.</summary>
    public const int ShortLength = 8;

    /// <summary>Bytes of the value with a clock offset.</summary>
    public const int LongLength = 16;

    /// <summary>Bytes of this value.</summary>
    public int Length => ClockOffset.HasValue ? LongLength : ShortLength;

    /// <summary>Reads a value; false unless it has 8 or 16 bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out AbsCaptureTime time)
    {
        if (value.Length is not (ShortLength or LongLength))
        {
            time = default;
            return false;
        }

        long? offset = value.Length == LongLength ? BinaryPrimitives.ReadInt64BigEndian(value[8..]) : null;
        time = new AbsCaptureTime(new NtpTime(BinaryPrimitives.ReadUInt64BigEndian(value)), offset);
        return true;
    }

    /// <summary>
    /// The value with its clock offset moved by a number of microseconds, as one that relays it must do when its clock differs from the
    /// sender's; a missing offset counts as 0. False when the sum does not fit into the field.
    /// </summary>
    public bool TryMoveClockOffset(long microseconds, out AbsCaptureTime moved)
    {
        var sum = (ClockOffset ?? 0) + ((Int128)microseconds << 32) / 1_000_000;
        var fits = sum >= long.MinValue && sum <= long.MaxValue;
        moved = fits ? this with { ClockOffset = (long)sum } : default;
        return fits;
    }

    /// <summary>Writes the value and returns its length, 8 or 16 bytes.</summary>
    public int Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, CaptureTime.Value);
        if (ClockOffset is { } offset)
        {
            BinaryPrimitives.WriteInt64BigEndian(destination[8..], offset);
        }

        return Length;
    }
}
