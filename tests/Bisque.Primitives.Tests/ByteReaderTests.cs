namespace Bisque.Primitives.Tests;

public sealed class ByteReaderTests
{
    [Fact]
    public void What_a_writer_wrote_a_reader_reads()
    {
        Span<byte> buffer = stackalloc byte[32];
        var writer = new ByteWriter(buffer);
        writer.WriteByte(1);
        writer.WriteUInt16(0x0203);
        writer.WriteUInt24(0x040506);
        writer.WriteUInt32(0x0708090a);
        writer.WriteUInt64(0x0b0c0d0e0f101112);
        writer.WriteBytes([0x13, 0x14]);

        var reader = new ByteReader(writer.Written);
        Assert.True(reader.TryReadByte(out var b) && b == 1);
        Assert.True(reader.TryReadUInt16(out var u16) && u16 == 0x0203);
        Assert.True(reader.TryReadUInt24(out var u24) && u24 == 0x040506);
        Assert.True(reader.TryReadUInt32(out var u32) && u32 == 0x0708090a);
        Assert.True(reader.TryReadUInt64(out var u64) && u64 == 0x0b0c0d0e0f101112);
        Assert.True(reader.TryReadBytes(2, out var rest) && rest[1] == 0x14);
        Assert.Equal(0, reader.Remaining);
    }

    [Fact]
    public void A_read_that_does_not_fit_consumes_nothing()
    {
        var reader = new ByteReader([1, 2, 3]);

        Assert.False(reader.TryReadUInt32(out _));
        Assert.False(reader.TryReadBytes(4, out _));
        Assert.False(reader.TryReadBytes(-1, out _));
        Assert.Equal(0, reader.Position);
        Assert.True(reader.TryReadUInt24(out var value));
        Assert.Equal(0x010203u, value);
    }
}
