using Bisque.Engine.Transports;
using Bisque.Ice;
using Bisque.Model;
using Bisque.Net;
using Bisque.Primitives;
using DtlsState = Bisque.Model.DtlsState;
using IceState = Bisque.Ice.IceState;

namespace Bisque.Engine;

/// <content>Which paths there are to the peer, of its own sockets or of a server's, and what the choice of one means for the transport.</content>
public sealed partial class WebRtcTransport : IIcePacketHandler, IIceLiteAgentEvents
{
    void IIcePacketHandler.OnPacket(in IceTuple tuple, PacketBuffer packet) => Receive(tuple, packet);

    void IIcePacketHandler.OnConnectionClosed(in IceTuple tuple) => OnConnectionClosed(tuple);

    void IIceLiteAgentEvents.SendStun(ReadOnlySpan<byte> packet, in IceTuple tuple)
    {
        if (_listener.PathOf(tuple).Send(packet))
        {
            Counters.OnSent(packet.Length, Context.Now);
        }
    }

    void IIceLiteAgentEvents.SelectedTupleChanged(in IceTuple tuple)
    {
        // What is queued was meant for the path that was selected when it came.
        Context.Outbox.Flush();
        _path = _listener.PathOf(tuple);
        Context.Log.Debug(
            LogTags.Ice, nameof(WebRtcTransport), $"packets go to {tuple.Remote} over {tuple.Protocol} from {tuple.Local} [transportId:{Id}]");
        Context.Emit(new WebRtcTransportIceSelectedTupleChangeEvent(Id, _listener.Describe(tuple)));
    }

    void IIceLiteAgentEvents.StateChanged(IceState state)
    {
        Context.Log.Debug(LogTags.Ice, nameof(WebRtcTransport), $"ICE is {state} [transportId:{Id}]");
        Context.Emit(new WebRtcTransportIceStateChangeEvent(Id, (Model.IceState)state));
        if (state == IceState.Disconnected)
        {
            if (_dtlsState == DtlsState.Connected)
            {
                OnDisconnected();
            }

            _path = default;
            return;
        }

        if (_dtlsState == DtlsState.Connected)
        {
            OnConnected();
        }
        else
        {
            StartDtlsIfPossible();
        }
    }

    void IIceLiteAgentEvents.TupleAdded(in IceTuple tuple)
    {
        Context.Log.Debug(
            LogTags.Ice, nameof(WebRtcTransport), $"{tuple.Remote} proved a path over {tuple.Protocol} to {tuple.Local} [transportId:{Id}]");
        _listener.Prove(tuple);
        _server?.Add(this, tuple);
    }

    void IIceLiteAgentEvents.TupleRemoved(in IceTuple tuple)
    {
        Context.Log.Debug(LogTags.Ice, nameof(WebRtcTransport), $"the path to {tuple.Remote} over {tuple.Protocol} is gone [transportId:{Id}]");
        Forget(tuple);
    }

    void IIceLiteAgentEvents.CredentialsConfirmed(IceCredentials dropped)
    {
        Context.Log.Debug(LogTags.Ice, nameof(WebRtcTransport), $"the credentials before the ICE restart are no longer valid [transportId:{Id}]");
        _server?.Remove(dropped);
    }

    /// <summary>The peer ended the connection behind a valid tuple. A fault in the consequences is this transport's.</summary>
    internal void OnConnectionClosed(in IceTuple tuple)
    {
        if (IsClosed || IsFaulted)
        {
            return;
        }

        try
        {
            _ice.RemoveTuple(tuple, Context.Now);
            ScheduleIce();
        }
        catch (Exception fault)
        {
            OnFault(fault);
        }
    }

    /// <summary>Whether the peer showed over a tuple that it has the keys: what was last received under them came over it.</summary>
    internal bool IsSecuredOver(in IceTuple tuple) => _dtlsState == DtlsState.Connected && _securedTuple == tuple;

    /// <summary>The peer of another transport of the server is who sends over a tuple that was taken for this one's.</summary>
    internal void OnTupleTaken(in IceTuple tuple)
    {
        Context.Log.Debug(LogTags.Ice, nameof(WebRtcTransport), $"{tuple.Remote} turned out to be the peer of another transport [transportId:{Id}]");
        OnConnectionClosed(tuple);
    }

    /// <summary>Gives back everything that packets to this transport are found by. A server's ports stay for the others.</summary>
    private void LeaveNetwork(bool isFault)
    {
        _path = default;
        if (_server is null)
        {
            _listener.Dispose();
            return;
        }

        foreach (ref readonly var tuple in _ice.Tuples)
        {
            Forget(tuple);
        }

        _server.Remove(_ice.Credentials);
        if (_ice.PreviousCredentials is { } previous)
        {
            _server.Remove(previous);
        }

        if (!isFault)
        {
            _server.Remove(this);
        }
    }

    private void Forget(in IceTuple tuple)
    {
        _server?.Remove(tuple);
        _listener.Close(tuple);
    }

    private void OnIceDeadline(MonotonicTime now)
    {
        var wasUp = IsIceUp;
        _ice.OnDeadline(now);
        if (wasUp && !IsIceUp)
        {
            Context.Log.Debug(LogTags.Ice, nameof(WebRtcTransport), $"the peer's consent ran out: no check came in time [transportId:{Id}]");
        }

        ScheduleIce();
    }

    private void ScheduleIce() => _iceTimer.Schedule(_ice.NextDeadline);
}
