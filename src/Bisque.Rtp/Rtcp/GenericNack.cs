using System.Buffers.Binary;
using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>A generic NACK in place (RFC 4585 section 6.2.1).</summary>
public readonly ref struct GenericNack
{
    internal const int ItemLength = 4;

    private readonly ReadOnlySpan<byte> _items;

    private GenericNack(FeedbackMessage message)
    {
        SenderSsrc = message.SenderSsrc;
        MediaSsrc = message.MediaSsrc;
        _items = message.Information;
    }

    /// <summary>Who asks.</summary>
    public Ssrc SenderSsrc { get; }

    /// <summary>The stream whose packets are missing.</summary>
    public Ssrc MediaSsrc { get; }

    /// <summary>How many items there are.</summary>
    public int Count => _items.Length / ItemLength;

    /// <summary>The item at <paramref name="index"/>.</summary>
    public NackItem this[int index]
    {
        get
        {
            var item = _items.Slice(index * ItemLength, ItemLength);
            return new NackItem(new SequenceNumber(BinaryPrimitives.ReadUInt16BigEndian(item)), BinaryPrimitives.ReadUInt16BigEndian(item[2..]));
        }
    }

    /// <summary>Reads the packet; false when it is something else or its items do not have 4 bytes each.</summary>
    public static bool TryParse(RtcpPacket packet, out GenericNack nack)
    {
        var fits = FeedbackMessage.TryParse(
                packet, RtcpPacketType.TransportLayerFeedback, RtcpFeedbackFormat.GenericNack, out var message)
            && message.Information.Length % ItemLength == 0;
        nack = fits ? new GenericNack(message) : default;
        return fits;
    }

    /// <summary>Starts before the first item.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Walks the items.</summary>
    public ref struct Enumerator
    {
        private readonly GenericNack _nack;
        private int _index;

        internal Enumerator(GenericNack nack)
        {
            _nack = nack;
            _index = -1;
        }

        /// <summary>The item that was reached.</summary>
        public readonly NackItem Current => _nack[_index];

        /// <summary>Moves to the next item; false when there is none.</summary>
        public bool MoveNext() => ++_index < _nack.Count;
    }
}
