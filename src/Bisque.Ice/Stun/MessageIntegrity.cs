using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Bisque.Ice.Stun;

/// <summary>
/// The HMAC-SHA1 of a STUN message (RFC 8489 section 14.5): over everything before the attribute, with a message length in the
/// header that ends with the attribute.
/// </summary>
internal static class MessageIntegrity
{
    public const int Length = HMACSHA1.HashSizeInBytes;

    /// <summary>Messages that size are copied to the stack, larger ones (only over TCP) to a pooled buffer.</summary>
    private const int StackLength = 2048;

    /// <summary>Hashes <paramref name="covered"/>, the message up to the attribute, whatever its length field says.</summary>
    public static void Compute(ReadOnlySpan<byte> covered, ReadOnlySpan<byte> key, Span<byte> mac)
    {
        var pooled = covered.Length <= StackLength ? null : ArrayPool<byte>.Shared.Rent(covered.Length);
        var copy = pooled is null ? stackalloc byte[StackLength] : pooled;
        copy = copy[..covered.Length];
        covered.CopyTo(copy);
        var lengthWithAttribute = covered.Length - StunMessage.HeaderLength + StunMessage.AttributeHeaderLength + Length;
        BinaryPrimitives.WriteUInt16BigEndian(copy[2..], (ushort)lengthWithAttribute);
        HMACSHA1.HashData(key, copy, mac);
        if (pooled is not null)
        {
            ArrayPool<byte>.Shared.Return(pooled);
        }
    }

    /// <summary>Compares in constant time.</summary>
    public static bool Verify(ReadOnlySpan<byte> covered, ReadOnlySpan<byte> key, ReadOnlySpan<byte> mac)
    {
        Span<byte> computed = stackalloc byte[Length];
        Compute(covered, key, computed);
        return CryptographicOperations.FixedTimeEquals(computed, mac);
    }
}
