using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Closing;

/// <summary>Transports of all kinds that open, do something, and close, each time in another state of life.</summary>
internal static class Churn
{
    public static void Cycle(World world, int number)
    {
        switch (number % 6)
        {
            case 0:
                Fill(world, number);
                Close(world, number, "browser", "plain");
                break;
            case 1:
                Fill(world, number);
                Close(world, number, "plain", "browser");
                break;
            case 2:
                Fill(world, number);
                ((Transport)world.Worker.FindRequestHandler($"browser{number}")!).CloseProducer($"video{number}");
                ((Transport)world.Worker.FindRequestHandler($"plain{number}")!).CloseProducer($"audio{number}");
                Close(world, number, "browser", "plain");
                break;
            case 3:
                OverTcp(world, number);
                Close(world, number, "browser");
                break;
            case 4:
                BehindServer(world, number);
                world.Worker.CloseWebRtcServer($"server{number}");
                break;
            default:
                InHandshakeWithData(world, number);
                Close(world, number, "pipe", "direct", "browser");
                break;
        }

        world.Settle();
        world.Network.ForgetPeers();
        world.Events.All.Clear();
        world.Events.Logs.Clear();
    }

    /// <summary>A browser and a plain endpoint that send to each other, with something lost, so that every timer runs.</summary>
    public static void Fill(World world, int number)
    {
        var browser = world.ConnectWebRtc($"browser{number}");
        var plain = world.ConnectPlain($"plain{number}", SrtpCryptoSuite.AeadAes128Gcm);
        var video = Media.Video($"video{number}", congestionControl: "transport-cc");
        var audio = Media.Audio($"audio{number}");
        browser.Transport.Produce(video);
        plain.Transport.Produce(audio);
        plain.Transport.Consume(Media.Consume(video, $"video-consumer{number}"));
        browser.Transport.Consume(Media.Consume(audio, $"audio-consumer{number}"));
        var source = new RtpSource();
        browser.SendRtp(source.KeyFrame((Media.Sent.TransportWide, [0, 1])));
        source.NextSequenceNumber++;
        browser.SendRtp(source.DeltaFrame((Media.Sent.TransportWide, [0, 3])));
        plain.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));
        plain.SendPli(5000);
        world.Run(15);
        Assert.True(world.Loop.ActiveTimers > 3);
    }

    /// <summary>Media over TCP, beside a connection that says nothing and one that stopped in a frame.</summary>
    private static void OverTcp(World world, int number)
    {
        var browser = world.ConnectTcp($"browser{number}");
        browser.Transport.Produce(Media.Audio($"audio{number}"));
        browser.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));
        world.TcpPeerOf(browser.Transport);
        world.TcpPeerOf(browser.Transport).Stream!.Send([0]);
        world.Settle();
    }

    private static void BehindServer(World world, int number)
    {
        var server = world.CreateWebRtcServer($"server{number}", World.Listen, World.ListenTcp);
        var video = Media.Video($"video{number}");
        var sender = world.Connect(world.PeerOf(world.CreateWebRtcTransport($"sender{number}", server)));
        var receiver = world.Connect(world.PeerOf(world.CreateWebRtcTransport($"receiver{number}", server)));
        sender.Transport.Produce(video);
        receiver.Transport.Consume(Media.Consume(video));
        sender.SendRtp(new RtpSource().KeyFrame());
        world.Settle();
        receiver.Transport.RestartIce();
    }

    /// <summary>A browser that stopped answering while its handshake and its data channel were beginning, a pipe and a direct transport.</summary>
    private static void InHandshakeWithData(World world, int number)
    {
        world.Base = DataWorld.Sctp;
        try
        {
            var transport = world.CreateWebRtcTransport($"browser{number}");
            var browser = world.PeerOf(transport, Dtls.DtlsRole.Server);
            transport.Connect(World.ConnectRequest(browser, Model.DtlsRole.Server));
            transport.ProduceData(DataWorld.ProduceSctp($"data{number}", 1));
            browser.IsDeaf = true;
            browser.SendCheck();
            world.CreatePipeTransport($"pipe{number}").ConsumeData(DataWorld.ConsumeSctp($"data-consumer{number}", $"data{number}", 1));
            world.CreateDirectTransport($"direct{number}", DataWorld.Direct).Transport.Produce(Media.Audio($"audio{number}"));
            world.Run(150);
            Assert.Equal(DtlsState.Connecting, ((WebRtcTransportDump)transport.Dump()).DtlsState);
        }
        finally
        {
            world.Base = World.TransportOptions;
        }
    }

    private static void Close(World world, int number, params ReadOnlySpan<string> transports)
    {
        foreach (var transport in transports)
        {
            world.Router.CloseTransport($"{transport}{number}");
        }
    }
}
