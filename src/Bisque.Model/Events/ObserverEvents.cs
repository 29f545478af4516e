namespace Bisque.Model;

/// <summary>Another producer speaks loudest.</summary>
public sealed record ActiveSpeakerObserverDominantSpeakerEvent(string HandlerId, string ProducerId) : WorkerEvent(HandlerId);

/// <summary>Nobody speaks.</summary>
public sealed record AudioLevelObserverSilenceEvent(string HandlerId) : WorkerEvent(HandlerId);

/// <summary>The volumes of the loudest producers, loudest first.</summary>
public sealed record AudioLevelObserverVolumesEvent(string HandlerId, IReadOnlyList<AudioLevelVolume> Volumes) : WorkerEvent(HandlerId);
