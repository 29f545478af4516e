namespace Bisque.Engine.Tests.Worlds;

/// <summary>The frames that were sent in one stream, by which a receiver is judged.</summary>
internal interface ISentFrames
{
    /// <summary>The frames of one picture; none when the stream has none of it.</summary>
    IEnumerable<EncodedFrame> OfPicture(int picture);

    EncodedFrame this[int id] { get; }

    /// <summary>How many packets a frame has, 0 for one that was not sent.</summary>
    int PartsOf(int id);

    /// <summary>A frame's number in dependency descriptors.</summary>
    ushort NumberOf(int id);
}
