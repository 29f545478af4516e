using System.Buffers.Binary;

namespace Bisque.LoadTest.Media;

/// <summary>
/// Makes VP8 payloads (RFC 7741) of one size, four to a frame. Each has a valid descriptor, carries its number, and the rest is a fixed
/// pattern, so that a receiver can tell that what it decrypted is what was sent.
/// </summary>
internal sealed class VideoSource
{
    public const int PayloadLength = 1200;
    public const int PacketsPerFrame = 4;

    private const int DescriptorLength = 4;
    private const int NumberOffset = 8;
    private const int PatternOffset = 12;

    private static readonly byte[] Pattern = MakePattern();

    private readonly byte[] _payload = [.. Pattern];
    private int _packetInFrame;
    private ushort _pictureId;
    private bool _isKeyFrame = true;
    private bool _isKeyFrameWanted = true;

    /// <summary>Packets made so far.</summary>
    public uint Count { get; private set; }

    public uint Frames { get; private set; }

    public int KeyFrames { get; private set; }

    /// <summary>The next frame is to be a key frame.</summary>
    public void RequestKeyFrame() => _isKeyFrameWanted = true;

    /// <summary>The next packet's payload, valid until the next call, and whether it ends its frame.</summary>
    public byte[] Next(out bool endsFrame)
    {
        var startsFrame = _packetInFrame == 0;
        if (startsFrame)
        {
            _isKeyFrame = _isKeyFrameWanted;
            _isKeyFrameWanted = false;
            _pictureId = (ushort)((_pictureId + 1) & 0x7FFF);
            KeyFrames += _isKeyFrame ? 1 : 0;
        }

        // X, and S at the start of the frame's only partition; then I with 15 bits of picture id.
        _payload[0] = (byte)(0x80 | (startsFrame ? 0x10 : 0));
        _payload[1] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(_payload.AsSpan(2), (ushort)(0x8000 | _pictureId));
        // The frame header's lowest bit is 0 for a key frame (RFC 6386 section 9.1).
        _payload[DescriptorLength] = (byte)(startsFrame && _isKeyFrame ? 0x10 : 0x11);
        BinaryPrimitives.WriteUInt32BigEndian(_payload.AsSpan(NumberOffset), Count++);
        endsFrame = ++_packetInFrame == PacketsPerFrame;
        if (endsFrame)
        {
            _packetInFrame = 0;
            Frames++;
        }

        return _payload;
    }

    /// <summary>Whether a received payload is one of ours, apart from the descriptor, which a worker may rewrite.</summary>
    public static bool IsGenuine(ReadOnlySpan<byte> payload, out uint number)
    {
        number = payload.Length == PayloadLength ? BinaryPrimitives.ReadUInt32BigEndian(payload[NumberOffset..]) : 0;
        return payload.Length == PayloadLength && payload[PatternOffset..].SequenceEqual(Pattern.AsSpan(PatternOffset));
    }

    private static byte[] MakePattern()
    {
        var pattern = new byte[PayloadLength];
        var state = 12345u;
        foreach (ref var value in pattern.AsSpan())
        {
            state = state * 1664525 + 1013904223;
            value = (byte)(state >> 24);
        }

        return pattern;
    }
}
