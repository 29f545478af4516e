using System.Diagnostics;
using Bisque.Engine.Streams;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Packets;

/// <summary>
/// A received media packet with what parsing found out about it. Shared, by counted references, by the producer's retransmission
/// store and by every consumer that has it queued; never changed once its layers are known. Rented from <see cref="MediaPacketPool"/>.
/// </summary>
internal sealed class MediaPacket
{
    private readonly MediaPacketPool _pool;
    private PacketBuffer? _buffer;
    private RtpPacketInfo _info;
    private MediaExtensions _extensions;
    private PayloadInfo _payloadInfo;
    private int _references;

    internal MediaPacket(MediaPacketPool pool)
    {
        _pool = pool;
    }

    /// <summary>The bytes as received and decrypted. Holds one reference for as long as the packet lives.</summary>
    public PacketBuffer Buffer => _buffer ?? throw new UnreachableException("A media packet was used after its last release.");

    /// <summary>The header's fields and what the payload says. Of a packet recovered by RTX: those of the original packet.</summary>
    public ref readonly RtpPacketInfo Info => ref _info;

    /// <summary>The extension values that go on to receivers.</summary>
    public ref readonly MediaExtensions Extensions => ref _extensions;

    /// <summary>What the payload and the dependency descriptor say about the frame: layers, numbers, where it begins and ends.</summary>
    public ref readonly PayloadInfo PayloadInfo => ref _payloadInfo;

    /// <summary>Whether <see cref="DescribeAgain"/> was called.</summary>
    internal bool IsDescribedAgain { get; private set; }

    /// <summary>
    /// Where the payload starts in the array of <see cref="Buffer"/>; behind the original sequence number in an RTX packet.
    /// </summary>
    public int PayloadOffset { get; private set; }

    /// <summary>Payload bytes without padding.</summary>
    public int PayloadLength { get; private set; }

    /// <summary>When the packet was captured, by our own clock; null while the sender's clock is not known.</summary>
    public MonotonicTime? CapturedAt { get; private set; }

    /// <summary>The payload's bytes.</summary>
    public ReadOnlySpan<byte> Payload => Buffer.Array.AsSpan(PayloadOffset, PayloadLength);

    /// <summary>Keeps the packet alive until the matching <see cref="Release"/>.</summary>
    public void AddReference()
    {
        Debug.Assert(_references > 0, "A reference is added only by somebody who holds one.");
        _references++;
    }

    /// <summary>Gives one reference back; with the last, the buffer is released and the object returns to its pool.</summary>
    public void Release()
    {
        Debug.Assert(_references > 0, "A media packet was released once too often.");
        if (--_references > 0)
        {
            return;
        }

        var buffer = Buffer;
        _buffer = null;
        buffer.Release();
        _pool.Return(this);
    }

    /// <summary>
    /// Says what the packet is, once the packet has come that tells: no receiver got it before.
    /// </summary>
    internal void DescribeAgain(in PayloadInfo payloadInfo) => (_payloadInfo, IsDescribedAgain) = (payloadInfo, true);

    internal void Fill(
        PacketBuffer buffer,
        in RtpPacketInfo info,
        in MediaExtensions extensions,
        int payloadOffset,
        int payloadLength,
        MonotonicTime? capturedAt,
        in PayloadInfo payloadInfo)
    {
        Debug.Assert(_references == 0, "A packet in use was handed out again.");
        buffer.AddReference();
        _buffer = buffer;
        _info = info;
        _extensions = extensions;
        _payloadInfo = payloadInfo;
        IsDescribedAgain = false;
        PayloadOffset = payloadOffset;
        PayloadLength = payloadLength;
        CapturedAt = capturedAt;
        _references = 1;
    }
}
