using Bisque.Model;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>Several participants, each with one audio producer on a transport of its own, who say how loud they are.</summary>
internal sealed class Meeting : IDisposable
{
    public const byte Loud = 20;
    public const byte Silent = 127;

    private const byte QuietRoom = 100;
    private readonly Dictionary<string, (MediaPeer Peer, RtpSource Source)> _participants = [];

    public Meeting(params string[] names)
    {
        foreach (var name in names)
        {
            var ssrc = 3000 + (uint)_participants.Count;
            var peer = World.ConnectPlain($"transport-{name}");
            peer.Transport.Produce(Media.Audio(name, ssrc));
            _participants.Add(name, (peer, RtpSource.Audio(ssrc)));
        }
    }

    public World World { get; } = new();

    public Producer Producer(string name) => (Producer)World.Worker.FindRequestHandler(name)!;

    public Transport TransportOf(string name) => Call.TransportOf(_participants[name].Peer);

    public RtpObserver WatchSpeakers(ushort interval = 300, params string[] names) => Add(
        names,
        World.Router.CreateActiveSpeakerObserver(new CreateActiveSpeakerObserverRequest
        {
            RtpObserverId = "observer",
            Options = new ActiveSpeakerObserverOptions { Interval = interval },
        }));

    public RtpObserver WatchLevels(AudioLevelObserverOptions options, params string[] names) => Add(
        names,
        World.Router.CreateAudioLevelObserver(new CreateAudioLevelObserverRequest { RtpObserverId = "observer", Options = options }));

    /// <summary>A packet of a quiet room from each, so that speech rises above something.</summary>
    public void BeQuiet() => Speak(20, [.. _participants.Keys.Select(name => (name, (int)QuietRoom))]);

    /// <summary>Packets of 20 ms with these levels in -dBov, for a while. Others send nothing.</summary>
    public void Speak(int milliseconds, params (string Name, int Attenuation)[] levels)
    {
        for (var i = 0; i < milliseconds / 20; i++)
        {
            foreach (var (name, attenuation) in levels)
            {
                var (peer, source) = _participants[name];
                peer.SendRtp(source.Next(Payloads.Opus(), (Media.Sent.AudioLevel, [(byte)attenuation])));
            }

            World.Run(20);
        }
    }

    public string[] DominantSpeakers() => [.. World.Events.Of<ActiveSpeakerObserverDominantSpeakerEvent>("observer").Select(e => e.ProducerId)];

    public void Dispose() => World.Dispose();

    private static RtpObserver Add(string[] names, RtpObserver observer)
    {
        foreach (var name in names)
        {
            observer.AddProducer(name);
        }

        return observer;
    }
}
