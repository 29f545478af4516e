namespace Bisque.Sctp.Send;

/// <summary>What is known of a chunk that the cumulative acknowledgement has not passed.</summary>
internal enum ChunkState : byte
{
    /// <summary>Sent; nothing heard.</summary>
    InFlight,

    /// <summary>Taken for lost: to be sent again.</summary>
    Lost,

    /// <summary>In a gap block.</summary>
    Acknowledged,

    /// <summary>Of a message that was given up.</summary>
    Abandoned,
}
