namespace Bisque.Engine.Tests.Worlds;

/// <summary>What the <see cref="LayeredReceiver"/> has to know to judge what came.</summary>
internal interface ILayeredTransmission
{
    IReadOnlyList<ISentFrames> Streams { get; }

    List<ReceivedRtp> Received { get; }

    /// <summary>What reached the worker, by stream, frame and part.</summary>
    HashSet<(int Stream, int Frame, int Part)> Arrived { get; }

    /// <summary>The layers that were sent while a picture came, of pictures during which they were the ones aimed at.</summary>
    Dictionary<int, (int Spatial, int Temporal)> Settled { get; }

    int Pictures { get; }

    /// <summary>By how much the numbers of pictures differ that follow each other.</summary>
    int PictureStep { get; }

    /// <summary>Whether the receiver was cut off a moment after a picture.</summary>
    bool IsCutShort(int picture);
}
