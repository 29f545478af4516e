namespace Bisque.Engine.Consumers;

/// <summary>Shares out a transport's bitrate among its layered consumers, and so decides which layers each aims at.</summary>
internal interface ILayerBitrateOwner
{
    /// <summary>Other layers of a consumer can be had, or are preferred, than before: its share is to be found anew.</summary>
    void OnLayersChanged(LayeredConsumer consumer);
}
