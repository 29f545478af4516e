namespace Bisque.Engine.Consumers.Layers;

/// <summary>What is to be done with a packet of a layered stream.</summary>
internal enum LayerVerdict : byte
{
    /// <summary>It goes to the receiver.</summary>
    Send,

    /// <summary>The receiver does without it, and must not take the hole for a loss.</summary>
    Drop,

    /// <summary>What it is will be known only when a packet before it has come, which is late. Until then the receiver sees a loss.</summary>
    Hold,
}
