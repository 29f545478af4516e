using Bisque.Testing;
using CsCheck;

namespace Bisque.Ice.Tests;

/// <summary>Packets in a byte stream (RFC 4571).</summary>
public sealed class TcpFramingTests
{
    private readonly TcpFrameReader _reader = new();

    [Fact]
    public void Packets_come_out_as_they_went_in_however_the_stream_is_cut() =>
        Gen.Select(Gen.Byte.Array[0, 3000].Array[1, 20], Gen.Int[1, 1500]).Sample((packets, chunk) =>
        {
            var reader = new TcpFrameReader();
            List<byte[]> received = [];
            byte[] stream = [.. packets.SelectMany(Frame)];
            for (var at = 0; at < stream.Length; at += chunk)
            {
                Feed(reader, stream.AsSpan(at, Math.Min(chunk, stream.Length - at)), received);
            }

            Assert.Equal(packets.Where(p => p.Length > 0), received);
            Assert.Equal(0, reader.BufferedBytes);
        }, iter: 300);

    [Fact]
    public void The_largest_frame_is_taken()
    {
        List<byte[]> received = [];
        var packet = new byte[TcpFrameReader.MaximumFrameLength - TcpFrameReader.LengthPrefix];

        Feed(_reader, [.. Frame(packet), .. Frame([1])], received);

        Assert.Equal([packet, [1]], received);
        Assert.False(_reader.IsBroken);
    }

    [Fact]
    public void A_larger_frame_breaks_the_stream()
    {
        List<byte[]> received = [];

        Feed(_reader, [.. Frame([7]), 0xff, 0xff], received);

        Assert.Equal([[7]], received);
        Assert.True(_reader.IsBroken);
        Assert.False(_reader.TryTake(out _));
    }

    [Fact]
    public void Empty_frames_are_skipped()
    {
        List<byte[]> received = [];

        Feed(_reader, [0, 0, 0, 0, 0, 1, 9, 0, 0], received);

        Assert.Equal([[9]], received);
        Assert.Equal(0, _reader.BufferedBytes);
    }

    [Fact]
    public void A_packet_that_does_not_fit_is_not_written()
    {
        Assert.False(TcpFrameWriter.TryWrite(new byte[10], new byte[11], out _));
        Assert.False(TcpFrameWriter.TryWrite(new byte[65536], new byte[70000], out _));
        Assert.True(TcpFrameWriter.TryWrite([5, 6], new byte[4], out var length));
        Assert.Equal(4, length);
    }

    [Fact]
    public void Random_streams_never_throw_and_memory_stays_bounded()
    {
        var random = new SeededRandomSource(3);
        var chunk = new byte[1400];
        for (var stream = 0; stream < 200; stream++)
        {
            var reader = new TcpFrameReader();
            for (var i = 0; i < 500 && !reader.IsBroken; i++)
            {
                random.Fill(chunk);
                Feed(reader, chunk.AsSpan(0, random.NextInt32(1, chunk.Length)), []);
                Assert.True(reader.BufferedBytes <= TcpFrameReader.MaximumFrameLength);
                Assert.True(reader.Free.Length <= TcpFrameReader.MaximumFrameLength);
            }
        }
    }

    [Fact]
    public void Reading_frames_allocates_nothing()
    {
        var frame = Frame(new byte[1200]);

        Assert.Equal(0, AllocationAssert.BytesAllocated(() =>
        {
            frame.CopyTo(_reader.Free);
            _reader.Advance(frame.Length);
            Assert.True(_reader.TryTake(out _));
        }));
    }

    private static byte[] Frame(byte[] packet)
    {
        var frame = new byte[TcpFrameWriter.LengthPrefix + packet.Length];
        Assert.True(TcpFrameWriter.TryWrite(packet, frame, out var length));
        Assert.Equal(frame.Length, length);
        return frame;
    }

    private static void Feed(TcpFrameReader reader, ReadOnlySpan<byte> bytes, List<byte[]> received)
    {
        while (!bytes.IsEmpty && !reader.IsBroken)
        {
            var free = reader.Free;
            Assert.False(free.IsEmpty);
            var count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            reader.Advance(count);
            bytes = bytes[count..];
            while (reader.TryTake(out var packet))
            {
                received.Add(packet.ToArray());
            }
        }
    }
}
