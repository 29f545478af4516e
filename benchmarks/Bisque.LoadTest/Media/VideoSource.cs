using System.Buffers.Binary;

namespace Bisque.LoadTest.Media;

/// <summary>Makes VP8 without layers (RFC 7741), four packets to a frame, key frames when asked for.</summary>
internal sealed class VideoSource : IVideoSource
{
    private const int DescriptorLength = 4;

    private readonly byte[] _payload = TestPattern.CreatePayload();
    private int _packetInFrame;
    private ushort _pictureId;
    private uint _count;
    private bool _isKeyFrame = true;
    private bool _isKeyFrameWanted = true;

    public int Streams => 1;

    public int PacketsPerPicture => 4;

    public void RequestKeyFrame(int stream) => _isKeyFrameWanted = true;

    public MediaPart Next()
    {
        var startsFrame = _packetInFrame == 0;
        if (startsFrame)
        {
            _isKeyFrame = _isKeyFrameWanted;
            _isKeyFrameWanted = false;
            _pictureId = (ushort)((_pictureId + 1) & 0x7FFF);
        }

        // X, and S at the start of the frame's only partition; then I with 15 bits of picture id.
        _payload[0] = (byte)(0x80 | (startsFrame ? 0x10 : 0));
        _payload[1] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(_payload.AsSpan(2), (ushort)(0x8000 | _pictureId));
        // The frame header's lowest bit is 0 for a key frame (RFC 6386 section 9.1).
        _payload[DescriptorLength] = (byte)(startsFrame && _isKeyFrame ? 0x10 : 0x11);
        TestPattern.SetNumber(_payload, _count++);
        _packetInFrame = (_packetInFrame + 1) % PacketsPerPicture;
        return new MediaPart(0, _payload, startsFrame, _packetInFrame == 0);
    }
}
