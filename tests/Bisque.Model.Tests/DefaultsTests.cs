using Bisque.Primitives;

namespace Bisque.Model.Tests;

/// <summary>What a record says when nothing is said is what the wire means by an absent field.</summary>
public sealed class DefaultsTests
{
    [Fact]
    public void An_address_is_udp_unless_it_says_otherwise()
    {
        var listenInfo = new ListenInfo { Ip = "127.0.0.1", PortRange = new PortRange(), Flags = new SocketFlags() };

        Assert.Equal(TransportProtocol.Udp, listenInfo.Protocol);
        Assert.Equal(TransportProtocol.Udp, new TransportTuple { LocalAddress = "127.0.0.1" }.Protocol);
        Assert.Equal(0, listenInfo.Port);
    }

    [Fact]
    public void A_transport_speaks_udp_and_tcp_and_loses_consent_after_thirty_seconds()
    {
        var options = new WebRtcTransportOptions { Base = new TransportOptions(), Listen = new ListenServer("server") };

        Assert.True(options.EnableUdp && options.EnableTcp);
        Assert.False(options.PreferUdp || options.PreferTcp);
        Assert.Equal(30, options.IceConsentTimeout);
    }

    [Fact]
    public void Ice_is_lite_and_rtcp_is_reduced_in_size()
    {
        Assert.True(new IceParameters { UsernameFragment = "u", Password = "p" }.IceLite);
        Assert.True(new RtcpParameters().ReducedSize);
    }

    [Fact]
    public void A_consumer_has_no_layers_until_it_says_so()
    {
        var dump = new ConsumerDump
        {
            Id = "c",
            ProducerId = "p",
            RtpParameters = new RtpParameters { Codecs = [], HeaderExtensions = [], Encodings = [], Rtcp = new RtcpParameters() },
            ConsumableRtpEncodings = [],
            SupportedCodecPayloadTypes = [],
            TraceEventTypes = [],
            RtpStreams = [],
        };

        Assert.Equal(((short?)-1, (short?)-1), (dump.PreferredSpatialLayer, dump.CurrentTemporalLayer));
    }
}
