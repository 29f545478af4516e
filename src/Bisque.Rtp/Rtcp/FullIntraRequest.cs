using System.Buffers.Binary;
using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>A FIR in place (RFC 5104 section 4.3.1).</summary>
public readonly ref struct FullIntraRequest
{
    internal const int ItemLength = 8;

    private readonly ReadOnlySpan<byte> _items;

    private FullIntraRequest(FeedbackMessage message)
    {
        SenderSsrc = message.SenderSsrc;
        _items = message.Information;
    }

    /// <summary>Who asks.</summary>
    public Ssrc SenderSsrc { get; }

    /// <summary>How many items there are.</summary>
    public int Count => _items.Length / ItemLength;

    /// <summary>The item at <paramref name="index"/>.</summary>
    public FullIntraRequestItem this[int index]
    {
        get
        {
            var item = _items.Slice(index * ItemLength, ItemLength);
            return new FullIntraRequestItem(new Ssrc(BinaryPrimitives.ReadUInt32BigEndian(item)), item[4]);
        }
    }

    /// <summary>Reads the packet; false when it is something else or its items do not have 8 bytes each.</summary>
    public static bool TryParse(RtcpPacket packet, out FullIntraRequest request)
    {
        var fits = FeedbackMessage.TryParse(
                packet, RtcpPacketType.PayloadSpecificFeedback, RtcpFeedbackFormat.FullIntraRequest, out var message)
            && message.Information.Length % ItemLength == 0;
        request = fits ? new FullIntraRequest(message) : default;
        return fits;
    }
}
