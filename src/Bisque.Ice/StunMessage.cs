using System.Buffers.Binary;
using Bisque.Ice.Stun;
using Bisque.Primitives;

namespace Bisque.Ice;

/// <summary>
/// A STUN message in place (RFC 8489 section 5). Everything is checked once by <see cref="TryParse"/>; it is valid as long as the
/// buffer that it views.
/// </summary>
public readonly ref struct StunMessage
{
    /// <summary>Bytes of the header: type, length, magic cookie, transaction id.</summary>
    public const int HeaderLength = 20;

    /// <summary>Bytes of type and length before each attribute's value.</summary>
    public const int AttributeHeaderLength = 4;

    /// <summary>Bytes of a transaction id.</summary>
    public const int TransactionIdLength = 12;

    /// <summary>The fixed value after type and length (RFC 8489 section 5).</summary>
    public const uint MagicCookie = 0x2112_A442;

    /// <summary>The Binding method, the only one that ICE uses.</summary>
    public const ushort BindingMethod = 0x001;

    /// <summary>The longest USERNAME that is taken (RFC 5389 section 15.3).</summary>
    public const int MaximumUsernameLength = 513;

    /// <summary>The longest SOFTWARE that is taken (RFC 8489 section 14.14).</summary>
    public const int MaximumSoftwareLength = 763;

    /// <summary>What the CRC of a FINGERPRINT is combined with (RFC 8489 section 14.7).</summary>
    internal const uint FingerprintXor = 0x5354_554E;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly StunAttributeTable _attributes;

    private StunMessage(ReadOnlySpan<byte> bytes, scoped in StunAttributeTable attributes)
    {
        _bytes = bytes;
        _attributes = attributes;
    }

    /// <summary>Request, indication or response.</summary>
    public StunClass Class => (StunClass)(((_bytes[0] & 0x01) << 1) | ((_bytes[1] & 0x10) >> 4));

    /// <summary>The 12 method bits of the message type; <see cref="BindingMethod"/> for all that concerns ICE.</summary>
    public ushort Method
    {
        get
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(_bytes);
            return (ushort)((type & 0x000F) | ((type & 0x00E0) >> 1) | ((type & 0x3E00) >> 2));
        }
    }

    /// <summary>The 12 bytes that join a response to its request.</summary>
    public ReadOnlySpan<byte> TransactionId => _bytes.Slice(8, TransactionIdLength);

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>USERNAME, empty when it is not there.</summary>
    public ReadOnlySpan<byte> Username => _attributes.TryGet(StunAttributeType.Username, _bytes, out var value) ? value : default;

    /// <summary>
    /// The receiver's username fragment: USERNAME up to its colon (RFC 8445 section 7.2.2). Empty when there is no USERNAME or no
    /// colon in it. Tells agents apart that share a socket.
    /// </summary>
    public ReadOnlySpan<byte> LocalUsernameFragment
    {
        get
        {
            var username = Username;
            var colon = username.IndexOf((byte)':');
            return colon < 0 ? default : username[..colon];
        }
    }

    /// <summary>PRIORITY, 0 when it is not there.</summary>
    public uint Priority => TryGetUInt32(StunAttributeType.Priority, out var value) ? value : 0;

    /// <summary>Tie-breaker of ICE-CONTROLLED, 0 when it is not there.</summary>
    public ulong IceControlled => ReadUInt64(StunAttributeType.IceControlled);

    /// <summary>Tie-breaker of ICE-CONTROLLING, 0 when it is not there.</summary>
    public ulong IceControlling => ReadUInt64(StunAttributeType.IceControlling);

    /// <summary>Whether USE-CANDIDATE is there.</summary>
    public bool UseCandidate => Has(StunAttributeType.UseCandidate);

    /// <summary>Whether the first bytes can only be those of a STUN message (RFC 7983 section 7, RFC 8489 section 5).</summary>
    public static bool LooksLikeStun(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderLength && bytes[0] < 4 && BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) == MagicCookie;

    /// <summary>
    /// Checks lengths, padding, order and multiplicity of attributes, and FINGERPRINT when it is there. MESSAGE-INTEGRITY is not
    /// checked, since that takes a key: see <see cref="HasValidIntegrity"/>.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out StunMessage message)
    {
        message = default;
        if (!LooksLikeStun(bytes))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (length % 4 != 0 || length != bytes.Length - HeaderLength || !TryReadAttributes(bytes, out var attributes))
        {
            return false;
        }

        message = new StunMessage(bytes, attributes);
        return message.IsFingerprintAbsentOrRight();
    }

    /// <summary>Whether a known attribute is there.</summary>
    public bool Has(StunAttributeType type) => _attributes.Contains(type);

    /// <summary>The value of a known attribute without padding, of a length that suits its type.</summary>
    public bool TryGetAttribute(StunAttributeType type, out ReadOnlySpan<byte> value) => _attributes.TryGet(type, _bytes, out value);

    /// <summary>The nomination counter, under its present or its older number.</summary>
    public bool TryGetNomination(out uint nomination) =>
        TryGetUInt32(StunAttributeType.Nomination, out nomination) || TryGetUInt32(StunAttributeType.NominationOld, out nomination);

    /// <summary>The address in XOR-MAPPED-ADDRESS (RFC 8489 section 14.2). False when absent or of a family that its length belies.</summary>
    public bool TryGetXorMappedAddress(out TransportAddress address)
    {
        address = default;
        if (!TryGetAttribute(StunAttributeType.XorMappedAddress, out var value) || value[1] != (value.Length == 8 ? 1 : 2))
        {
            return false;
        }

        var port = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(value[2..]) ^ (MagicCookie >> 16));
        Span<byte> plain = stackalloc byte[16];
        plain = plain[..(value.Length - 4)];
        for (var i = 0; i < plain.Length; i++)
        {
            // Cookie and transaction id follow each other in the header, which is the mask of an IPv6 address.
            plain[i] = (byte)(value[4 + i] ^ _bytes[4 + i]);
        }

        address = new TransportAddress(IpAddress.FromBytes(plain), port);
        return true;
    }

    /// <summary>Code and reason of ERROR-CODE (RFC 8489 section 14.8).</summary>
    public bool TryGetErrorCode(out int code, out ReadOnlySpan<byte> reason)
    {
        if (!TryGetAttribute(StunAttributeType.ErrorCode, out var value))
        {
            code = 0;
            reason = default;
            return false;
        }

        code = (value[2] & 0x07) * 100 + value[3];
        reason = value[4..];
        return true;
    }

    /// <summary>Whether MESSAGE-INTEGRITY is there and was made with <paramref name="key"/>. Takes the same time wherever it differs.</summary>
    public bool HasValidIntegrity(ReadOnlySpan<byte> key)
    {
        if (!TryGetAttribute(StunAttributeType.MessageIntegrity, out var mac))
        {
            return false;
        }

        var covered = _bytes.Length - (Has(StunAttributeType.Fingerprint) ? StunWriter.FingerprintLength : 0) - StunWriter.MessageIntegrityLength;
        return MessageIntegrity.Verify(_bytes[..covered], key, mac);
    }

    private static bool TryReadAttributes(ReadOnlySpan<byte> bytes, out StunAttributeTable attributes)
    {
        attributes = default;
        var reader = new ByteReader(bytes[HeaderLength..]);
        while (reader.Remaining > 0)
        {
            if (attributes.Contains(StunAttributeType.Fingerprint)
                || !reader.TryReadUInt16(out var number)
                || !reader.TryReadUInt16(out var length))
            {
                return false;
            }

            var type = (StunAttributeType)number;
            var offset = HeaderLength + reader.Position;
            if ((attributes.Contains(StunAttributeType.MessageIntegrity) && type != StunAttributeType.Fingerprint)
                || !StunAttributeTable.IsLengthAllowed(type, length)
                || !reader.TrySkip((length + 3) & ~3)
                || !attributes.TryAdd(type, offset, length))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsFingerprintAbsentOrRight() =>
        !TryGetUInt32(StunAttributeType.Fingerprint, out var fingerprint)
        || fingerprint == (Crc32.Compute(_bytes[..^StunWriter.FingerprintLength]) ^ FingerprintXor);

    private bool TryGetUInt32(StunAttributeType type, out uint value)
    {
        value = 0;
        return TryGetAttribute(type, out var bytes) && BinaryPrimitives.TryReadUInt32BigEndian(bytes, out value);
    }

    private ulong ReadUInt64(StunAttributeType type) =>
        TryGetAttribute(type, out var bytes) ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : 0;
}
