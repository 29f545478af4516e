using System.Buffers.Binary;
using Bisque.Ice.Stun;
using Bisque.Primitives;

namespace Bisque.Ice;

/// <summary>
/// Writes a STUN message attribute by attribute into a span that is large enough. <see cref="AddMessageIntegrity"/> comes after all
/// that it protects, <see cref="AddFingerprint"/> last of all (RFC 8489 sections 14.5 and 14.7).
/// </summary>
public ref struct StunWriter
{
    /// <summary>Bytes that MESSAGE-INTEGRITY takes.</summary>
    public const int MessageIntegrityLength = StunMessage.AttributeHeaderLength + MessageIntegrity.Length;

    /// <summary>Bytes that FINGERPRINT takes.</summary>
    public const int FingerprintLength = StunMessage.AttributeHeaderLength + 4;

    private readonly Span<byte> _bytes;
    private ByteWriter _writer;

    /// <summary>Begins a message in <paramref name="destination"/>.</summary>
    /// <param name="destination">Room for the whole message.</param>
    /// <param name="messageClass">Request, indication or response.</param>
    /// <param name="method">12 bits, usually <see cref="StunMessage.BindingMethod"/>.</param>
    /// <param name="transactionId">12 bytes, those of the request when this is its response.</param>
    public StunWriter(Span<byte> destination, StunClass messageClass, ushort method, scoped ReadOnlySpan<byte> transactionId)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(transactionId.Length, StunMessage.TransactionIdLength);
        _bytes = destination;
        _writer = new ByteWriter(destination);
        var type = ((method & 0x0F80) << 2) | ((method & 0x0070) << 1) | (method & 0x000F)
            | (((int)messageClass & 2) << 7) | (((int)messageClass & 1) << 4);
        _writer.WriteUInt16((ushort)type);
        _writer.WriteUInt16(0);
        _writer.WriteUInt32(StunMessage.MagicCookie);
        transactionId.CopyTo(_writer.Reserve(transactionId.Length));
    }

    /// <summary>The message so far.</summary>
    public readonly ReadOnlySpan<byte> Written => _bytes[.._writer.Position];

    /// <summary>A Binding request (RFC 8445 section 7.2.2).</summary>
    public static StunWriter BindingRequest(Span<byte> destination, scoped ReadOnlySpan<byte> transactionId) =>
        new(destination, StunClass.Request, StunMessage.BindingMethod, transactionId);

    /// <summary>The success response to <paramref name="request"/>.</summary>
    public static StunWriter SuccessResponse(Span<byte> destination, scoped in StunMessage request) =>
        new(destination, StunClass.SuccessResponse, request.Method, request.TransactionId);

    /// <summary>The error response to <paramref name="request"/>, ERROR-CODE included.</summary>
    public static StunWriter ErrorResponse(Span<byte> destination, scoped in StunMessage request, StunErrorCode code, scoped ReadOnlySpan<byte> reason)
    {
        var writer = new StunWriter(destination, StunClass.ErrorResponse, request.Method, request.TransactionId);
        writer.AddErrorCode(code, reason);
        return writer;
    }

    /// <summary>Adds any attribute and pads it with zeros.</summary>
    public void AddAttribute(StunAttributeType type, scoped ReadOnlySpan<byte> value)
    {
        value.CopyTo(Begin(type, value.Length));
        End();
    }

    /// <summary>Adds USERNAME: the peer's fragment, a colon, our own.</summary>
    public void AddUsername(scoped ReadOnlySpan<byte> value) => AddAttribute(StunAttributeType.Username, value);

    /// <summary>Adds SOFTWARE.</summary>
    public void AddSoftware(scoped ReadOnlySpan<byte> value) => AddAttribute(StunAttributeType.Software, value);

    /// <summary>Adds PRIORITY.</summary>
    public void AddPriority(uint priority) => AddUInt32(StunAttributeType.Priority, priority);

    /// <summary>Adds NOMINATION.</summary>
    public void AddNomination(uint nomination) => AddUInt32(StunAttributeType.Nomination, nomination);

    /// <summary>Adds ICE-CONTROLLING.</summary>
    public void AddIceControlling(ulong tieBreaker) => AddUInt64(StunAttributeType.IceControlling, tieBreaker);

    /// <summary>Adds ICE-CONTROLLED.</summary>
    public void AddIceControlled(ulong tieBreaker) => AddUInt64(StunAttributeType.IceControlled, tieBreaker);

    /// <summary>Adds USE-CANDIDATE.</summary>
    public void AddUseCandidate() => AddAttribute(StunAttributeType.UseCandidate, []);

    /// <summary>Adds XOR-MAPPED-ADDRESS (RFC 8489 section 14.2).</summary>
    public void AddXorMappedAddress(TransportAddress address)
    {
        var value = Begin(StunAttributeType.XorMappedAddress, 4 + address.Address.Length);
        value[0] = 0;
        value[1] = address.Address.IsIPv4 ? (byte)1 : (byte)2;
        BinaryPrimitives.WriteUInt16BigEndian(value[2..], (ushort)(address.Port ^ (StunMessage.MagicCookie >> 16)));
        address.Address.WriteTo(value[4..]);
        for (var i = 4; i < value.Length; i++)
        {
            // Byte i of the value is masked by byte i of the header: the cookie, then the transaction id.
            value[i] ^= _bytes[i];
        }

        End();
    }

    /// <summary>Adds ERROR-CODE (RFC 8489 section 14.8).</summary>
    public void AddErrorCode(StunErrorCode code, scoped ReadOnlySpan<byte> reason)
    {
        var value = Begin(StunAttributeType.ErrorCode, 4 + reason.Length);
        value[0] = 0;
        value[1] = 0;
        value[2] = (byte)((int)code / 100);
        value[3] = (byte)((int)code % 100);
        reason.CopyTo(value[4..]);
        End();
    }

    /// <summary>Adds MESSAGE-INTEGRITY over all that is there.</summary>
    /// <param name="key">The password's bytes: short-term credentials (RFC 8489 section 9.1).</param>
    public void AddMessageIntegrity(scoped ReadOnlySpan<byte> key)
    {
        var covered = Written;
        MessageIntegrity.Compute(covered, key, Begin(StunAttributeType.MessageIntegrity, MessageIntegrity.Length));
        End();
    }

    /// <summary>Adds FINGERPRINT over all that is there.</summary>
    public void AddFingerprint()
    {
        var covered = Written;
        var value = Begin(StunAttributeType.Fingerprint, 4);
        WriteLength();
        BinaryPrimitives.WriteUInt32BigEndian(value, Crc32.Compute(covered) ^ StunMessage.FingerprintXor);
    }

    private void AddUInt32(StunAttributeType type, uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(Begin(type, 4), value);
        End();
    }

    private void AddUInt64(StunAttributeType type, ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(Begin(type, 8), value);
        End();
    }

    private Span<byte> Begin(StunAttributeType type, int length)
    {
        _writer.WriteUInt16((ushort)type);
        _writer.WriteUInt16((ushort)length);
        return _writer.Reserve(length);
    }

    private void End()
    {
        _writer.WriteZeros(-_writer.Position & 3);
        WriteLength();
    }

    private readonly void WriteLength() =>
        BinaryPrimitives.WriteUInt16BigEndian(_bytes[2..], (ushort)(_writer.Position - StunMessage.HeaderLength));
}
