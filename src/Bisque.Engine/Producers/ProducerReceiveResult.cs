namespace Bisque.Engine.Producers;

/// <summary>What a producer made of a packet, for its transport's statistics.</summary>
internal enum ProducerReceiveResult : byte
{
    /// <summary>Nothing: it belongs to no stream.</summary>
    NoStream,

    /// <summary>A packet of a media stream, be it one that came twice.</summary>
    Media,

    /// <summary>A packet of a retransmission stream, be it one that repaired nothing or only probes the path.</summary>
    Retransmission,
}
