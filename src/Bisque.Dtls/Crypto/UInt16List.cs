using System.Buffers.Binary;

namespace Bisque.Dtls.Crypto;

/// <summary>Lists of 16-bit numbers in network byte order, as hellos carry them.</summary>
internal static class UInt16List
{
    /// <summary>Whether <paramref name="value"/> is in <paramref name="list"/>.</summary>
    public static bool Contains(ReadOnlySpan<byte> list, ushort value)
    {
        for (; list.Length >= 2; list = list[2..])
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(list) == value)
            {
                return true;
            }
        }

        return false;
    }
}
