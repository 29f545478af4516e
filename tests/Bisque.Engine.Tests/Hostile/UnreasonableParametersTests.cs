using Bisque.Engine.Parameters;
using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Hostile;

/// <summary>Applications hand on the RTP parameters that their users send.</summary>
public sealed class UnreasonableParametersTests
{
    [Fact]
    public void A_clock_that_stands_still_is_refused()
    {
        var audio = Media.Audio();
        var parameters = audio.RtpParameters;

        AssertRefused(audio with { RtpParameters = parameters with { Codecs = [parameters.Codecs[0] with { ClockRate = 0 }] } });
    }

    [Fact]
    public void Encodings_without_end_are_refused()
    {
        AssertRefused(WithEncodings(MediaParameters.MaxEncodings + 1));

        using var world = new World();
        world.ConnectPlain("sender").Transport.Produce(WithEncodings(MediaParameters.MaxEncodings));
    }

    private static ProduceRequest WithEncodings(int count)
    {
        var video = Media.Video(rtx: false);
        return video with
        {
            RtpParameters = video.RtpParameters with
            {
                Encodings = [.. Enumerable.Range(1, count).Select(i => new RtpEncodingParameters { Ssrc = (uint)i })],
            },
            RtpMapping = video.RtpMapping with
            {
                Encodings = [.. Enumerable.Range(1, count).Select(i => new RtpEncodingMapping { Ssrc = (uint)i, MappedSsrc = Media.Mapped((uint)i) })],
            },
        };
    }

    private static void AssertRefused(ProduceRequest request)
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");

        Assert.Equal(RequestErrorKind.TypeError, Assert.Throws<RequestException>(() => sender.Transport.Produce(request)).Kind);
        Assert.Empty(sender.Transport.Producers);
    }
}
