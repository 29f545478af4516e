using Bisque.Ice;
using Bisque.Net;

namespace Bisque.Engine.Transports;

/// <summary>Who gets what an <see cref="IceListener"/> receives, whichever protocol carried it.</summary>
internal interface IIcePacketHandler
{
    /// <summary>One packet, not classified yet. The buffer is the caller's; what outlives the call takes a reference.</summary>
    void OnPacket(in IceTuple tuple, PacketBuffer packet);

    /// <summary>The peer ended the connection of <paramref name="tuple"/>, or it broke. Not told of connections that <see cref="IceListener.Close"/> closed.</summary>
    void OnConnectionClosed(in IceTuple tuple);
}
