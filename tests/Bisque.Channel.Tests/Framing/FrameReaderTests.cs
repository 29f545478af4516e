using System.Buffers.Binary;

namespace Bisque.Channel.Tests.Framing;

public sealed class FrameReaderTests
{
    [Fact]
    public void Frames_arrive_whole_wherever_the_stream_is_split()
    {
        byte[] stream = [.. Frame(1, 2, 3), .. Frame(), .. Frame(4), .. Frame(5, 6, 7, 8, 9)];

        for (var split = 0; split <= stream.Length; split++)
        {
            var reader = new FrameReader();
            List<string> messages = [.. Read(reader, stream[..split]), .. Read(reader, stream[split..])];

            Assert.Equal(["010203", "", "04", "0506070809"], messages);
        }
    }

    [Fact]
    public void Frames_arrive_whole_byte_by_byte()
    {
        var reader = new FrameReader();
        byte[] stream = [.. Frame(1, 2, 3), .. Frame(4)];

        Assert.Equal(["010203", "04"], stream.SelectMany(value => Read(reader, [value])));
    }

    [Fact]
    public void A_length_beyond_the_limit_ends_the_stream()
    {
        var reader = new FrameReader();
        var prefix = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(prefix, FrameReader.MaxMessageLength + 1);

        ReadOnlySpan<byte> input = prefix;
        Assert.Equal(FrameStatus.Impossible, reader.Read(ref input, out _));
        input = Frame(1);
        Assert.Equal(FrameStatus.Impossible, reader.Read(ref input, out _));
    }

    [Fact]
    public void The_longest_message_passes_and_the_buffer_shrinks_afterwards()
    {
        var reader = new FrameReader();
        var longest = new byte[FrameReader.MaxMessageLength];
        longest[^1] = 7;

        ReadOnlySpan<byte> input = Frame(longest);
        Assert.Equal(FrameStatus.Complete, reader.Read(ref input, out var message));
        Assert.Equal(FrameReader.MaxMessageLength, message.Count);
        Assert.Equal(7, message[^1]);

        Assert.Equal(["01"], Read(reader, Frame(1)));
        Assert.Equal(FrameReader.RestingCapacity, reader.Capacity);
    }

    [Fact]
    public void An_announced_length_takes_no_memory_before_its_bytes_come()
    {
        var reader = new FrameReader();
        var prefix = new byte[5];
        BinaryPrimitives.WriteInt32LittleEndian(prefix, FrameReader.MaxMessageLength);

        Assert.Empty(Read(reader, prefix));
        Assert.True(reader.Capacity <= 4096, $"{reader.Capacity} bytes for one");
    }

    private static byte[] Frame(params byte[] message)
    {
        var frame = new byte[FrameReader.PrefixLength + message.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, message.Length);
        message.CopyTo(frame, FrameReader.PrefixLength);
        return frame;
    }

    private static List<string> Read(FrameReader reader, byte[] bytes)
    {
        var messages = new List<string>();
        ReadOnlySpan<byte> input = bytes;
        while (reader.Read(ref input, out var message) == FrameStatus.Complete)
        {
            messages.Add(Convert.ToHexString(message));
        }

        Assert.True(input.IsEmpty);
        return messages;
    }
}
