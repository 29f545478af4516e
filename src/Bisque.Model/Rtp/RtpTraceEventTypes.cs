namespace Bisque.Model;

/// <summary>What a producer can report of its packets.</summary>
public enum ProducerTraceEventType : byte
{
    /// <summary>A key frame came.</summary>
    KeyFrame,

    /// <summary>A full intra request was sent.</summary>
    Fir,

    /// <summary>A NACK was sent.</summary>
    Nack,

    /// <summary>A picture loss indication was sent.</summary>
    Pli,

    /// <summary>An RTP packet came.</summary>
    Rtp,

    /// <summary>A sender report came.</summary>
    Sr,
}

/// <summary>What a consumer can report of its packets.</summary>
public enum ConsumerTraceEventType : byte
{
    /// <summary>A key frame was sent.</summary>
    KeyFrame,

    /// <summary>A full intra request came.</summary>
    Fir,

    /// <summary>A NACK came.</summary>
    Nack,

    /// <summary>A picture loss indication came.</summary>
    Pli,

    /// <summary>An RTP packet was sent.</summary>
    Rtp,
}
