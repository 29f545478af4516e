namespace Bisque.LoadTest.Media;

/// <summary>The numbers of the producer's stream, before and after the worker.</summary>
internal static class StreamNames
{
    public const byte MidExtensionId = 1;
    public const byte AbsSendTimeExtensionId = 4;
    public const byte ProducerPayloadType = 96;
    public const byte ConsumerPayloadType = 101;
    public const byte ConsumerRtxPayloadType = 102;
    public const uint ProducerSsrc = 0x1000_0001;
    public const uint MappedSsrc = 0x2000_0001;

    /// <summary>The media section's name.</summary>
    public const string Mid = "0";

    public static uint ConsumerSsrc(int consumer) => 0x3000_0000 + (uint)consumer;

    public static uint ConsumerRtxSsrc(int consumer) => 0x4000_0000 + (uint)consumer;
}
