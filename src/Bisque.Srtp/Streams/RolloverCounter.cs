namespace Bisque.Srtp.Streams;

/// <summary>Finds the packet index that a sequence number stands for (RFC 3711 section 3.3.1 and appendix A).</summary>
internal static class RolloverCounter
{
    private const int HalfRange = 0x8000;

    /// <summary>The index (rollover counter times 2^16, plus sequence number) nearest to the highest one known.</summary>
    public static ulong Estimate(ulong highestIndex, ushort sequenceNumber)
    {
        var highest = (int)(ushort)highestIndex;
        var rolloverCounter = highestIndex >> 16;
        if (highest < HalfRange)
        {
            // Nothing comes before counter 0: there a number far ahead can only be a jump forward.
            if (sequenceNumber - highest > HalfRange && rolloverCounter > 0)
            {
                rolloverCounter--;
            }
        }
        else if (highest - HalfRange > sequenceNumber)
        {
            rolloverCounter++;
        }

        return (rolloverCounter << 16) | sequenceNumber;
    }
}
