using Bisque.Engine.Packets;

namespace Bisque.Engine.Consumers.Layers;

/// <summary>
/// Lets through, of a stream that has layers within, what a receiver of certain layers needs: whole frames of which each can be decoded.
/// One for each consumer; what it does depends on the packets that came and on nothing else.
/// </summary>
internal interface ILayerFilter
{
    /// <summary>The layers aimed at. They are reached where the stream allows it.</summary>
    LayerPair Target { get; set; }

    /// <summary>The layers that go at present.</summary>
    LayerPair Current { get; }

    /// <summary>Whether <see cref="Target"/> can be reached at a key frame only.</summary>
    bool NeedsKeyFrame { get; }

    /// <summary>A stream begins, or another one than before, with this packet, which <see cref="Take"/> gets next.</summary>
    void Enter(MediaPacket packet);

    /// <summary>What is to be done with a packet, and if it goes, how.</summary>
    LayerVerdict Take(MediaPacket packet, out LayerOutput output);
}
