namespace Bisque.Engine.Producers;

/// <summary>What a producer made of a packet, for its transport's statistics.</summary>
internal enum ProducerReceiveResult : byte
{
    /// <summary>Nothing: it belongs to no stream, came twice, or repaired nothing.</summary>
    Discarded,

    /// <summary>A packet of a media stream.</summary>
    Media,

    /// <summary>A retransmission.</summary>
    Retransmission,
}
