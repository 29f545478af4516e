using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using ArmCrc32 = System.Runtime.Intrinsics.Arm.Crc32;

namespace Bisque.Sctp.Packets;

/// <summary>
/// The checksum of SCTP packets (RFC 9260 appendix A): CRC-32C, by the processor's instruction where it has one, else eight bytes at a
/// time by table.
/// </summary>
internal static class Crc32c
{
    private const uint ReflectedPolynomial = 0x82F6_3B78;

    /// <summary>Eight tables of 256: what a byte contributes when zero to seven more bytes follow.</summary>
    private static readonly uint[] Tables = MakeTables();

    private const int LongPart = 384;
    private const int ShortPart = 64;
    private static readonly uint[] LongShift = MakeShift(LongPart);
    private static readonly uint[] ShortShift = MakeShift(ShortPart);

    /// <summary>The checksum of <paramref name="bytes"/>. SCTP writes it in little-endian order.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Update(uint.MaxValue, bytes);

    /// <summary>
    /// The checksum of a packet as if its checksum field, bytes 8 to 11, were zero. The packet has at least 12 bytes.
    /// </summary>
    public static uint OfPacket(ReadOnlySpan<byte> packet)
    {
        Span<byte> header = stackalloc byte[12];
        packet[..8].CopyTo(header);
        header[8..].Clear();
        return ~Update(Update(uint.MaxValue, header), packet[12..]);
    }

    /// <summary>Feeds <paramref name="bytes"/> into a running checksum.</summary>
    public static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        if (Sse42.X64.IsSupported)
        {
            return UpdateSse42(crc, bytes);
        }

        return ArmCrc32.Arm64.IsSupported ? UpdateArm(crc, bytes) : UpdateByTable(crc, bytes);
    }

    /// <summary>The same without the instruction.</summary>
    public static uint UpdateByTable(uint crc, ReadOnlySpan<byte> bytes)
    {
        var tables = Tables;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[7 * 256 + (byte)low] ^ tables[6 * 256 + (byte)(low >> 8)] ^ tables[5 * 256 + (byte)(low >> 16)] ^ tables[4 * 256 + (low >> 24)]
                ^ tables[3 * 256 + (byte)high] ^ tables[2 * 256 + (byte)(high >> 8)] ^ tables[256 + (byte)(high >> 16)] ^ tables[high >> 24];
        }

        foreach (var value in bytes)
        {
            crc = tables[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return crc;
    }

    /// <summary>
    /// The instruction takes three cycles and one can begin in each, so three parts are computed side by side and then put together. Two
    /// lengths of parts: a full packet is three long ones and a little.
    /// </summary>
    private static uint UpdateSse42(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 3 * LongPart; bytes = bytes[(3 * LongPart)..])
        {
            crc = UpdateThreeParts(crc, bytes, LongPart, LongShift);
        }

        for (; bytes.Length >= 3 * ShortPart; bytes = bytes[(3 * ShortPart)..])
        {
            crc = UpdateThreeParts(crc, bytes, ShortPart, ShortShift);
        }

        ulong running = crc;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            running = Sse42.X64.Crc32(running, word);
        }

        crc = (uint)running;
        foreach (var value in bytes[(bytes.Length & ~7)..])
        {
            crc = Sse42.Crc32(crc, value);
        }

        return crc;
    }

    private static uint UpdateThreeParts(uint crc, ReadOnlySpan<byte> bytes, int part, uint[] shift)
    {
        var first = MemoryMarshal.Cast<byte, ulong>(bytes[..part]);
        var second = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(part, part))[..first.Length];
        var third = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(2 * part, part))[..first.Length];
        ulong running1 = crc;
        ulong running2 = 0;
        ulong running3 = 0;
        for (var i = 0; i < first.Length; i++)
        {
            running1 = Sse42.X64.Crc32(running1, first[i]);
            running2 = Sse42.X64.Crc32(running2, second[i]);
            running3 = Sse42.X64.Crc32(running3, third[i]);
        }

        return Shift(shift, Shift(shift, (uint)running1) ^ (uint)running2) ^ (uint)running3;
    }

    /// <summary>What a running checksum becomes when as many zero bytes follow as the table is for.</summary>
    private static uint Shift(uint[] table, uint crc) =>
        table[(byte)crc] ^ table[256 + (byte)(crc >> 8)] ^ table[512 + (byte)(crc >> 16)] ^ table[768 + (crc >> 24)];

    private static uint[] MakeShift(int length)
    {
        var zeros = new byte[length];
        var table = new uint[4 * 256];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = UpdateByTable((uint)(i & 255) << (8 * (i >> 8)), zeros);
        }

        return table;
    }

    private static uint UpdateArm(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = ArmCrc32.Arm64.ComputeCrc32C(crc, word);
        }

        foreach (var value in bytes[(bytes.Length & ~7)..])
        {
            crc = ArmCrc32.ComputeCrc32C(crc, value);
        }

        return crc;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (var i = 0; i < 256; i++)
        {
            var crc = (uint)i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ ReflectedPolynomial : crc >> 1;
            }

            tables[i] = crc;
        }

        for (var i = 256; i < tables.Length; i++)
        {
            tables[i] = tables[(byte)tables[i - 256]] ^ (tables[i - 256] >> 8);
        }

        return tables;
    }
}
