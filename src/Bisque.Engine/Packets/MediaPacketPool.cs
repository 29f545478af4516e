using Bisque.Engine.Streams;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Packets;

/// <summary>Hands out <see cref="MediaPacket"/> objects again and again. One per worker; used from its loop only.</summary>
internal sealed class MediaPacketPool
{
    /// <summary>Idle objects kept: above this a burst's objects are left to the garbage collector.</summary>
    public const int MaxIdle = 16_384;

    private readonly Stack<MediaPacket> _idle = new();

    /// <summary>Objects that wait to be used again.</summary>
    public int IdleCount => _idle.Count;

    /// <summary>
    /// A packet over <paramref name="buffer"/>, to which it takes a reference of its own. The caller holds the packet's only reference.
    /// </summary>
    /// <param name="buffer">The received bytes.</param>
    /// <param name="info">Fields of the packet.</param>
    /// <param name="extensions">Extension values of the packet.</param>
    /// <param name="payloadOffset">Start of the payload in the buffer's array.</param>
    /// <param name="payloadLength">Payload bytes without padding.</param>
    /// <param name="capturedAt">The capture instant by our clock, when it is known.</param>
    /// <param name="payloadInfo">What the payload says about itself.</param>
    public MediaPacket Rent(
        PacketBuffer buffer,
        in RtpPacketInfo info,
        in MediaExtensions extensions,
        int payloadOffset,
        int payloadLength,
        MonotonicTime? capturedAt = null,
        in PayloadInfo payloadInfo = default)
    {
        if (!_idle.TryPop(out var packet))
        {
            packet = new MediaPacket(this);
        }

        packet.Fill(buffer, info, extensions, payloadOffset, payloadLength, capturedAt, payloadInfo);
        return packet;
    }

    internal void Return(MediaPacket packet)
    {
        if (_idle.Count < MaxIdle)
        {
            _idle.Push(packet);
        }
    }
}
