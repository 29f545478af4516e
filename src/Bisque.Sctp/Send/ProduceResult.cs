namespace Bisque.Sctp.Send;

/// <summary>What <see cref="SendQueue.TryProduce"/> came to.</summary>
internal enum ProduceResult
{
    /// <summary>Nothing waits, or nothing that fits here.</summary>
    Nothing,

    /// <summary>A fragment was taken.</summary>
    Fragment,

    /// <summary>A message of which a part had been sent has expired: it is out of the queue, and its chunks are to be given up.</summary>
    Expired,
}
