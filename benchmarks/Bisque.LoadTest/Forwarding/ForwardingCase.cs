using Bisque.LoadTest.Consumers;
using Bisque.LoadTest.Media;
using Bisque.Srtp;

namespace Bisque.LoadTest.Forwarding;

/// <summary>One thing to measure: everything that is the same for all workers.</summary>
/// <param name="Scenario">The kind of transports.</param>
/// <param name="Profile">How SRTP protects.</param>
/// <param name="Consumers">Receivers of the one producer.</param>
/// <param name="Rate">Packets per second of the producer.</param>
/// <param name="Burst">Packets that the producer sends at a time; 1 is evenly paced, 4 a frame at a time.</param>
/// <param name="WarmUp">How long packets flow before the measuring begins.</param>
/// <param name="Duration">How long is measured.</param>
internal sealed record ForwardingCase(
    Scenario Scenario, SrtpProfile Profile, int Consumers, double Rate, int Burst, TimeSpan WarmUp, TimeSpan Duration)
{
    /// <summary>What the producer sends and the consumers take of it; null for a stream without layers and consumers of all of it.</summary>
    public ConsumerKind? Kind { get; init; }

    /// <summary>The part of the producer's packets that each consumer gets.</summary>
    public double ForwardedPart => Kind?.ForwardedPart ?? 1;

    public IVideoSource CreateSource() => Kind is { Shape: { } shape } ? new LayeredSource(shape) : new VideoSource();

    public override string ToString() =>
        $"{Scenarios.Describe(Scenario)}; {Suites.NameOf(Profile)}, "
        + $"1 producer of {Rate} packets/s, {(Burst == 1 ? "evenly paced" : $"{Burst} at a time")}, {Consumers} consumers";
}
