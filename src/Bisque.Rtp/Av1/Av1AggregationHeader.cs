namespace Bisque.Rtp;

/// <summary>The first byte of an AV1 payload (RTP Payload Format For AV1, section 4.4): how the OBU elements behind it are to be read.</summary>
/// <param name="Value">The byte: Z, Y, W in two bits, N, and three bits that are reserved.</param>
public readonly record struct Av1AggregationHeader(byte Value)
{
    /// <summary>The most elements that W can count.</summary>
    public const int MaxElementCount = 3;

    private const int ContinuesBit = 0x80;
    private const int IsContinuedBit = 0x40;
    private const int CountShift = 4;
    private const int NewSequenceBit = 0x08;

    /// <summary>Z: the first element goes on with the OBU that the last element of the packet before began.</summary>
    public bool Continues
    {
        get => (Value & ContinuesBit) != 0;
        init => Value = With(Value, ContinuesBit, value);
    }

    /// <summary>Y: the OBU of the last element goes on in the next packet.</summary>
    public bool IsContinued
    {
        get => (Value & IsContinuedBit) != 0;
        init => Value = With(Value, IsContinuedBit, value);
    }

    /// <summary>W: the number of elements, 1 to 3, of which the last has no length before it; 0: as many as there are, each with its length.</summary>
    public int ElementCount
    {
        get => (Value >> CountShift) & MaxElementCount;
        init => Value = (byte)((Value & ~(MaxElementCount << CountShift)) | ((value & MaxElementCount) << CountShift));
    }

    /// <summary>N: a coded video sequence begins here. Excludes <see cref="Continues"/>, since what begins continues nothing.</summary>
    public bool BeginsSequence
    {
        get => (Value & NewSequenceBit) != 0;
        init => Value = With(Value, NewSequenceBit, value);
    }

    private static byte With(byte value, int bit, bool isSet) => (byte)(isSet ? value | bit : value & ~bit);
}
