using Bisque.Engine.Sending;

namespace Bisque.Engine.Consumers.Layers;

/// <summary>How a packet goes to a receiver that gets some of the layers.</summary>
/// <param name="Marker">The marker: set where the picture ends for this receiver.</param>
/// <param name="Rewrite">What is different in its descriptors.</param>
/// <param name="TellsOfHeld">Whether packets that were held can be judged from now on.</param>
internal readonly record struct LayerOutput(bool Marker, PayloadRewrite Rewrite, bool TellsOfHeld = false);
