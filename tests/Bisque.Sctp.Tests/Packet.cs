using System.Buffers.Binary;
using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Tests;

/// <summary>Packets made by hand.</summary>
internal static class Packet
{
    public static byte[] Init(
        uint tag, ushort outbound = 10, ushort inbound = 10, uint window = 100_000, byte[]? parameters = null, ChunkType type = ChunkType.Init,
        uint verificationTag = 0)
    {
        var chunk = new byte[20 + (parameters?.Length ?? 0)];
        InitChunk.WriteFixed(chunk, type, chunk.Length, tag, window, outbound, inbound, new(1000));
        parameters?.CopyTo(chunk, 20);
        return Of(verificationTag, chunk);
    }

    /// <summary>A packet of these chunks.</summary>
    public static byte[] Of(uint verificationTag, params byte[][] chunks)
    {
        byte[] packet = [.. new byte[SctpPacket.HeaderLength], .. chunks.SelectMany(c => c)];
        SctpPacket.WriteHeader(packet, 5000, 5000, verificationTag);
        return packet;
    }

    public static byte[] Chunk(ChunkType type, byte flags, params byte[] value)
    {
        var chunk = new byte[Bisque.Sctp.Packets.Chunk.Padded(4 + value.Length)];
        Bisque.Sctp.Packets.Chunk.WriteHeader(chunk, type, flags, 4 + value.Length);
        value.CopyTo(chunk, 4);
        return chunk;
    }

    public static byte[] Data(
        uint tsn, byte[] payload, ushort stream = 1, ushort ssn = 0, bool beginning = true, bool ending = true, bool unordered = false, uint mid = 0,
        uint fsn = 0, bool interleaved = true, bool immediate = false)
    {
        var bytes = new byte[payload.Length + 24];
        var length = new DataChunk
        {
            IsInterleaved = interleaved,
            Tsn = new(tsn),
            StreamId = stream,
            Ssn = new(ssn),
            Mid = new(mid),
            Fsn = fsn,
            Ppid = PayloadProtocolId.WebRtcBinary,
            IsBeginning = beginning,
            IsEnding = ending,
            IsUnordered = unordered,
            IsImmediate = immediate,
            Payload = payload,
        }.Write(bytes);
        return bytes[..length];
    }

    public static byte[] Sack(uint cumulativeTsn, uint window = 100_000, params GapBlock[] blocks)
    {
        var bytes = new byte[SackChunk.LengthOf(blocks.Length, 0)];
        SackChunk.Write(bytes, new(cumulativeTsn), window, blocks, []);
        return bytes;
    }

    /// <summary>Corrects the checksum of a changed packet.</summary>
    public static byte[] WithChecksum(byte[] packet)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(8), Crc32c.OfPacket(packet));
        return packet;
    }

    public static uint InitiateTagOf(byte[] packet) => BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(16));

    public static uint VerificationTagOf(byte[] packet) => BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(4));
}
