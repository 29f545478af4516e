using Bisque.Model;
using Bisque.Primitives;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>Two workers whose routers are joined by pipe transports. Both worlds' times run together, a millisecond at a time.</summary>
internal sealed class PipedWorlds : IDisposable
{
    public PipedWorlds(bool srtp = false, bool rtx = false, bool sctp = false)
    {
        Near.Base = Far.Base = sctp ? DataWorld.Sctp : World.TransportOptions;
        NearPipe = Near.CreatePipeTransport("pipe", options => options with { EnableSrtp = srtp, EnableRtx = rtx });
        FarPipe = Far.CreatePipeTransport("pipe", options => options with { EnableSrtp = srtp, EnableRtx = rtx });
        NearEnd = new PipeEnd(Near.Network, 40_000, LocalOf(NearPipe));
        FarEnd = new PipeEnd(Far.Network, 40_000, LocalOf(FarPipe)) { Other = NearEnd };
        NearEnd.Other = FarEnd;
        NearPipe.Connect(Request(NearEnd, FarPipe));
        FarPipe.Connect(Request(FarEnd, NearPipe));
    }

    public World Near { get; } = new(1);

    public World Far { get; } = new(2);

    public PipeTransport NearPipe { get; }

    public PipeTransport FarPipe { get; }

    /// <summary>Sees what the near worker sends.</summary>
    public PipeEnd NearEnd { get; }

    /// <summary>Sees what the far worker sends.</summary>
    public PipeEnd FarEnd { get; }

    /// <summary>Carries a producer of one router into the other, as pipeToRouter() does; returns what was produced there.</summary>
    public static ProduceRequest Pipe(ProduceRequest produce, PipeTransport from, PipeTransport to, uint ssrc = 7000, bool rtx = true)
    {
        var consume = Media.Consume(produce, $"pipe-of-{produce.ProducerId}", ssrc, mid: null, rtx, nack: rtx);
        from.Consume(consume);
        var piped = Media.Piped(consume);
        to.Produce(piped);
        return piped;
    }

    public void Run(int milliseconds)
    {
        for (var i = 0; i < milliseconds; i++)
        {
            Near.Run(1);
            Far.Run(1);
        }
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }

    private static TransportAddress LocalOf(PipeTransport pipe)
    {
        var tuple = ((PipeTransportDump)pipe.Dump()).Tuple;
        Assert.True(IpAddress.TryParse(tuple.LocalAddress, out var address));
        return new TransportAddress(address, tuple.LocalPort);
    }

    private static PipeTransportConnectRequest Request(PipeEnd end, PipeTransport other) => new()
    {
        Ip = end.Address.Address.ToString(),
        Port = end.Address.Port,
        SrtpParameters = ((PipeTransportDump)other.Dump()).SrtpParameters,
    };
}
