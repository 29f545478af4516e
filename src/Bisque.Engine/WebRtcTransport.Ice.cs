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
        Context.Emit(new WebRtcTransportIceSelectedTupleChangeEvent(Id, _listener.Describe(tuple)));
    }

    void IIceLiteAgentEvents.StateChanged(IceState state)
    {
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
        _listener.Prove(tuple);
        _server?.Add(this, tuple);
    }

    void IIceLiteAgentEvents.TupleRemoved(in IceTuple tuple) => Forget(tuple);

    void IIceLiteAgentEvents.CredentialsConfirmed(IceCredentials dropped) => _server?.Remove(dropped);

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
        _ice.OnDeadline(now);
        ScheduleIce();
    }

    private void ScheduleIce() => _iceTimer.Schedule(_ice.NextDeadline);
}
