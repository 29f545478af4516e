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

    private static uint UpdateSse42(uint crc, ReadOnlySpan<byte> bytes)
    {
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
