namespace Bisque.LoadTest.Media;

/// <summary>Makes a producer's packets, one after the other.</summary>
internal interface IVideoSource
{
    /// <summary>RTP streams: more than one with simulcast.</summary>
    int Streams { get; }

    /// <summary>Packets of one picture, of all streams and layers together.</summary>
    int PacketsPerPicture { get; }

    /// <summary>The next picture of a stream is to be a key picture.</summary>
    void RequestKeyFrame(int stream);

    /// <summary>The next packet; its payload is valid until the next call.</summary>
    MediaPart Next();
}

/// <summary>One packet's worth of a picture.</summary>
/// <param name="Stream">The stream it belongs to, from 0 on.</param>
/// <param name="Payload">The RTP payload.</param>
/// <param name="StartsPicture">Whether it is the first packet of a picture, of whichever stream comes first.</param>
/// <param name="EndsPicture">Whether it is the last of its stream's picture, which the marker says.</param>
/// <param name="Dependencies">A dependency descriptor; empty where the codec's payload has all that is to say.</param>
internal readonly record struct MediaPart(
    int Stream, byte[] Payload, bool StartsPicture, bool EndsPicture, ReadOnlyMemory<byte> Dependencies = default);
