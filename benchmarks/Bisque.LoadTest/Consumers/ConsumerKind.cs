using Bisque.LoadTest.Media;
using Bisque.Model;

namespace Bisque.LoadTest.Consumers;

/// <summary>A type of consumer, what it consumes, and which of its layers it wants.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Type">The consumer's type.</param>
/// <param name="Shape">The producer's layers; null for a stream without any.</param>
/// <param name="Preferred">The layers that consumers prefer; null for all of them.</param>
internal sealed record ConsumerKind(string Name, RtpParametersType Type, LayerShape? Shape, ConsumerLayers? Preferred = null)
{
    /// <summary>Packets of every picture that a consumer gets, on the average, of those that the producer sends.</summary>
    public double ForwardedPart => Shape is null ? 1 : ForwardedPerPicture / Shape.PacketsPerPicture;

    public int PacketsPerPicture => Shape?.PacketsPerPicture ?? new VideoSource().PacketsPerPicture;

    private double ForwardedPerPicture
    {
        get
        {
            // A pipe takes all; of simulcast and of K-SVC, where nothing else depends on them, one spatial layer goes; of full SVC all below too.
            var top = Preferred?.SpatialLayer ?? Shape!.PacketsPerFrame.Length - 1;
            var hasOneLayer = (Shape!.IsSimulcast && Type != RtpParametersType.Pipe) || Shape.IsKeySvc;
            return hasOneLayer ? Shape.PacketsPerFrame[top] * PartOfPictures : Shape.PacketsPerFrame.Take(top + 1).Sum() * PartOfPictures;
        }
    }

    // Temporal layers come in the order 0 2 1 2.
    private double PartOfPictures => Preferred?.TemporalLayer switch { 0 => 0.25, 1 => 0.5, _ => 1 };
}
