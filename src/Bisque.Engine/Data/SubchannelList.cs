using System.Buffers.Binary;

namespace Bisque.Engine.Data;

/// <summary>The subchannels that a message is for, read where they stand: in the controller's list, or in a frame of a pipe.</summary>
internal readonly ref struct SubchannelList
{
    private readonly ReadOnlySpan<ushort> _values;
    private readonly ReadOnlySpan<byte> _encoded;

    public SubchannelList(ReadOnlySpan<ushort> values) => _values = values;

    private SubchannelList(ReadOnlySpan<byte> encoded) => _encoded = encoded;

    public int Count => _values.Length + (_encoded.Length / sizeof(ushort));

    public ushort this[int index] => _encoded.IsEmpty
        ? _values[index]
        : BinaryPrimitives.ReadUInt16BigEndian(_encoded[(index * sizeof(ushort))..]);

    /// <summary>A list of big-endian numbers.</summary>
    public static SubchannelList FromBigEndian(ReadOnlySpan<byte> encoded) => new(encoded);

    /// <summary>How many of them a set has.</summary>
    public int CountIn(SubchannelSet set)
    {
        var count = 0;
        for (var i = 0; i < Count; i++)
        {
            count += set.Contains(this[i]) ? 1 : 0;
        }

        return count;
    }

    public bool HasAnyOf(SubchannelSet set)
    {
        for (var i = 0; i < Count; i++)
        {
            if (set.Contains(this[i]))
            {
                return true;
            }
        }

        return false;
    }
}
