namespace Bisque.LoadTest.Media;

/// <summary>The numbers of the producer's streams, before and after the worker.</summary>
internal static class StreamNames
{
    public const byte MidExtensionId = 1;
    public const byte AbsSendTimeExtensionId = 4;
    public const byte DependencyDescriptorExtensionId = 7;
    public const byte ProducerPayloadType = 96;
    public const byte ConsumerPayloadType = 101;
    public const byte ConsumerRtxPayloadType = 102;

    /// <summary>The media section's name.</summary>
    public const string Mid = "0";

    /// <summary>What a sender's reports and descriptions call it.</summary>
    public const string Cname = "load";

    private const uint FirstProducerSsrc = 0x1000_0001;

    /// <summary>How far the streams of one consumer are apart; consumers are numbered in between.</summary>
    private const uint StreamStep = 0x1_0000;

    public static uint ProducerSsrc(int stream) => FirstProducerSsrc + (uint)stream;

    public static int StreamOfProducerSsrc(uint ssrc) => (int)(ssrc - FirstProducerSsrc);

    public static uint MappedSsrc(int stream) => 0x2000_0001 + (uint)stream;

    public static uint ConsumerSsrc(int consumer, int stream = 0) => 0x3000_0000 + (uint)stream * StreamStep + (uint)consumer;

    public static uint ConsumerRtxSsrc(int consumer, int stream = 0) => 0x4000_0000 + (uint)stream * StreamStep + (uint)consumer;
}
