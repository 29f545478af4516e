using System.Buffers.Binary;

namespace Bisque.Dtls.Records;

/// <summary>One record in place (RFC 6347 section 4.1). Valid as long as the datagram that it views.</summary>
internal readonly ref struct DtlsRecord
{
    /// <summary>Type, version, epoch, sequence number, length.</summary>
    public const int HeaderLength = 13;

    /// <summary>The largest plaintext (RFC 5246 section 6.2.1).</summary>
    public const int MaximumPlaintext = 1 << 14;

    private readonly ReadOnlySpan<byte> _bytes;

    private DtlsRecord(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    public ContentType Type => (ContentType)_bytes[0];

    public ushort Epoch => BinaryPrimitives.ReadUInt16BigEndian(_bytes[3..]);

    /// <summary>Epoch and 48-bit sequence number as the one number that authentication covers.</summary>
    public ulong EpochAndSequence => BinaryPrimitives.ReadUInt64BigEndian(_bytes[3..]);

    /// <summary>The sequence number within the epoch.</summary>
    public ulong Sequence => EpochAndSequence & 0xffff_ffff_ffff;

    /// <summary>Plaintext in epoch 0, ciphertext after.</summary>
    public ReadOnlySpan<byte> Fragment => _bytes[HeaderLength..];

    /// <summary>
    /// Takes the first record off <paramref name="datagram"/>. False when it does not begin with one: then the rest of it has no
    /// meaning either.
    /// </summary>
    public static bool TryTake(ref ReadOnlySpan<byte> datagram, out DtlsRecord record)
    {
        record = default;
        if (datagram.Length < HeaderLength || datagram[0] is < (byte)ContentType.ChangeCipherSpec or > (byte)ContentType.ApplicationData)
        {
            return false;
        }

        var version = BinaryPrimitives.ReadUInt16BigEndian(datagram[1..]);
        var length = BinaryPrimitives.ReadUInt16BigEndian(datagram[11..]);
        if (version is not (DtlsVersion.Dtls12 or DtlsVersion.Dtls10)
            || length > MaximumPlaintext + RecordCipher.MaximumExpansion
            || length > datagram.Length - HeaderLength)
        {
            return false;
        }

        record = new(datagram[..(HeaderLength + length)]);
        datagram = datagram[(HeaderLength + length)..];
        return true;
    }

    /// <summary>Writes a record's header.</summary>
    public static void WriteHeader(Span<byte> destination, ContentType type, ulong epochAndSequence, int length)
    {
        destination[0] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(destination[1..], DtlsVersion.Dtls12);
        BinaryPrimitives.WriteUInt64BigEndian(destination[3..], epochAndSequence);
        BinaryPrimitives.WriteUInt16BigEndian(destination[11..], (ushort)length);
    }
}
