using Bisque.Primitives;

namespace Bisque.Dtls.Handshake;

/// <summary>A part of a handshake message in place (RFC 6347 section 4.2.2).</summary>
internal readonly ref struct HandshakeFragment
{
    /// <summary>Type, length, message_seq, fragment_offset, fragment_length.</summary>
    public const int HeaderLength = 12;

    private HandshakeFragment(HandshakeType type, int messageLength, ushort sequence, int offset, ReadOnlySpan<byte> content)
    {
        Type = type;
        MessageLength = messageLength;
        Sequence = sequence;
        Offset = offset;
        Content = content;
    }

    public HandshakeType Type { get; }

    /// <summary>Length of the whole message's body.</summary>
    public int MessageLength { get; }

    public ushort Sequence { get; }

    /// <summary>Where <see cref="Content"/> belongs in the body.</summary>
    public int Offset { get; }

    public ReadOnlySpan<byte> Content { get; }

    /// <summary>Takes the first fragment off a record's plaintext. False when it is malformed.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> plaintext, out HandshakeFragment fragment)
    {
        fragment = default;
        var reader = new ByteReader(plaintext);
        if (!reader.TryReadByte(out var type)
            || !reader.TryReadUInt24(out var length)
            || !reader.TryReadUInt16(out var sequence)
            || !reader.TryReadUInt24(out var offset)
            || !reader.TryReadUInt24(out var fragmentLength)
            || !reader.TryReadBytes((int)fragmentLength, out var content)
            || offset + fragmentLength > length)
        {
            return false;
        }

        fragment = new((HandshakeType)type, (int)length, sequence, (int)offset, content);
        plaintext = reader.Rest;
        return true;
    }

    /// <summary>Writes a fragment's header; its content follows.</summary>
    public static void WriteHeader(Span<byte> destination, in HandshakeMessage message, int offset, int length)
    {
        var writer = new ByteWriter(destination);
        writer.WriteByte((byte)message.Type);
        writer.WriteUInt24((uint)message.Body.Length);
        writer.WriteUInt16(message.Sequence);
        writer.WriteUInt24((uint)offset);
        writer.WriteUInt24((uint)length);
    }
}
