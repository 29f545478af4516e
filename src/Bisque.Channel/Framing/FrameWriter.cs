using Google.FlatBuffers;

namespace Bisque.Channel.Framing;

/// <summary>Finishes messages into frames with their length in front. One builder serves them all.</summary>
internal sealed class FrameWriter
{
    private const int InitialCapacity = 4096;

    private FlatBufferBuilder _builder = new(InitialCapacity);

    /// <summary>An empty builder. What was begun before, also by a message that failed half-way, is gone.</summary>
    public FlatBufferBuilder Begin()
    {
        if (_builder.DataBuffer.Length > FrameReader.RestingCapacity)
        {
            _builder = new FlatBufferBuilder(InitialCapacity);
        }

        _builder.Clear();
        return _builder;
    }

    /// <summary>The frame of the message begun last, prefix included. Valid until the next one begins.</summary>
    public ReadOnlySpan<byte> Finish(Wire.MessageBody kind, int message)
    {
        _builder.FinishSizePrefixed(Wire.Message.CreateMessage(_builder, kind, message).Value);
        var buffer = _builder.DataBuffer;
        return buffer.ToArraySegment(buffer.Position, buffer.Length - buffer.Position);
    }
}
