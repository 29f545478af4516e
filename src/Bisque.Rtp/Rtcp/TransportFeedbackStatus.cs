using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>What a transport-wide feedback message says of one packet.</summary>
/// <param name="SequenceNumber">Its transport-wide sequence number.</param>
/// <param name="IsReceived">Whether it arrived.</param>
/// <param name="Delta">Ticks of 250 µs since the arrival before it (or since the reference time), negative after reordering.</param>
/// <param name="ArrivalTicks">
/// Ticks of 250 µs from the zero of the receiver's reference time to the arrival; 0 when it did not arrive. Wraps with the 24-bit
/// reference time, after 2^32 ticks.
/// </param>
public readonly record struct TransportFeedbackStatus(SequenceNumber SequenceNumber, bool IsReceived, int Delta, long ArrivalTicks);
