using Bisque.Rtp;

namespace Bisque.Engine.Streams;

/// <summary>What a received stream asks of its owner. Called in the middle of the stream's work: must not call back into it.</summary>
internal interface IRtpStreamRecvEvents
{
    /// <summary>The stream's score moved; 0 means that nothing usable arrives.</summary>
    void ScoreChanged(RtpStreamRecv stream, byte score, byte previousScore);

    /// <summary>These packets are to be asked for. The span is valid during the call only.</summary>
    void SendNack(RtpStreamRecv stream, ReadOnlySpan<NackItem> items);

    /// <summary>Too much is lost to be repaired packet by packet.</summary>
    void KeyFrameNeeded(RtpStreamRecv stream);

    /// <summary>The sender began to number anew: what follows has nothing to do with what came before.</summary>
    void Restarted(RtpStreamRecv stream);

    /// <summary>A spatial layer of a layered stream fell silent or came back.</summary>
    void SpatialLayerActivityChanged(RtpStreamRecv stream, int spatialLayer, bool isActive);
}
