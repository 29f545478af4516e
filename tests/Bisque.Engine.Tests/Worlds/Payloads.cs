namespace Bisque.Engine.Tests.Worlds;

/// <summary>Payloads of the codecs, as short as they can be told apart, with something behind to compare.</summary>
internal static class Payloads
{
    // RFC 7741: S bit of partition 0, then the frame tag, whose lowest bit is 0 in key frames.
    public static byte[] Vp8KeyFrame(int length = 200) => Filled(length, 0x10, 0x00);

    public static byte[] Vp8DeltaFrame(int length = 200) => Filled(length, 0x10, 0x01);

    // RFC 6184: a sequence parameter set begins what a decoder can start with.
    public static byte[] H264KeyFrame(int length = 200) => Filled(length, 0x67, 0x42);

    public static byte[] H264DeltaFrame(int length = 200) => Filled(length, 0x41, 0x9a);

    public static byte[] Opus(int length = 80) => Filled(length, 0x78, 0x01);

    /// <summary>Nothing but the TOC byte (RFC 6716 section 3.2.1): the sender pauses.</summary>
    public static byte[] OpusDtx() => [0x78];

    private static byte[] Filled(int length, byte first, byte second)
    {
        var payload = new byte[length];
        for (var i = 2; i < length; i++)
        {
            payload[i] = (byte)(i * 7);
        }

        payload[0] = first;
        payload[1] = second;
        return payload;
    }
}
