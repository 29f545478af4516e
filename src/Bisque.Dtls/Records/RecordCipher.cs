using System.Buffers.Binary;
using System.Security.Cryptography;
using Bisque.Dtls.Crypto;

namespace Bisque.Dtls.Records;

/// <summary>
/// Protects the records of one direction with an AEAD cipher (RFC 5246 section 6.2.3.3; nonces by RFC 5288 section 3 and RFC 7905
/// section 2).
/// </summary>
internal sealed class RecordCipher(CipherSuite suite, ReadOnlySpan<byte> key, ReadOnlySpan<byte> initializationVector) : IDisposable
{
    /// <summary>The longest explicit nonce and tag of the suites known here.</summary>
    public const int MaximumExpansion = 8 + AeadCipher.TagLength;

    private const int NonceLength = 12;
    private const int AdditionalDataLength = 13;

    private readonly AeadCipher _aead = AeadCipher.Create(suite.Aead(), key);
    private readonly byte[] _initializationVector = initializationVector.ToArray();
    private readonly int _explicitNonceLength = suite.ExplicitNonceLength();

    /// <summary>How many bytes longer than its plaintext a protected fragment is.</summary>
    public int Expansion => _explicitNonceLength + AeadCipher.TagLength;

    /// <summary>Writes explicit nonce, ciphertext and tag; returns their length.</summary>
    public int Protect(ContentType type, ulong epochAndSequence, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Span<byte> additionalData = stackalloc byte[AdditionalDataLength];
        Span<byte> explicitNonce = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(explicitNonce, epochAndSequence);
        WriteNonce(nonce, explicitNonce);
        WriteAdditionalData(additionalData, type, epochAndSequence, plaintext.Length);

        explicitNonce[.._explicitNonceLength].CopyTo(destination);
        var body = destination[_explicitNonceLength..];
        _aead.Seal(nonce, plaintext, body[..plaintext.Length], body.Slice(plaintext.Length, AeadCipher.TagLength), additionalData);
        return plaintext.Length + Expansion;
    }

    /// <summary>Checks and decrypts a record's fragment. False, without an exception, when it is not authentic.</summary>
    public bool TryUnprotect(in DtlsRecord record, Span<byte> plaintext, out int length)
    {
        var fragment = record.Fragment;
        length = fragment.Length - Expansion;
        if (length < 0 || length > DtlsRecord.MaximumPlaintext)
        {
            length = 0;
            return false;
        }

        Span<byte> nonce = stackalloc byte[NonceLength];
        Span<byte> additionalData = stackalloc byte[AdditionalDataLength];
        Span<byte> sequence = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(sequence, record.EpochAndSequence);
        WriteNonce(nonce, _explicitNonceLength > 0 ? fragment[.._explicitNonceLength] : sequence);
        WriteAdditionalData(additionalData, record.Type, record.EpochAndSequence, length);
        return _aead.TryOpen(nonce, fragment.Slice(_explicitNonceLength, length), fragment[^AeadCipher.TagLength..], plaintext[..length], additionalData);
    }

    public void Dispose()
    {
        _aead.Dispose();
        CryptographicOperations.ZeroMemory(_initializationVector);
    }

    private void WriteNonce(Span<byte> nonce, ReadOnlySpan<byte> variable)
    {
        _initializationVector.CopyTo(nonce);
        var tail = nonce[^sizeof(ulong)..];
        if (_explicitNonceLength > 0)
        {
            variable.CopyTo(tail);
            return;
        }

        for (var i = 0; i < tail.Length; i++)
        {
            tail[i] ^= variable[i];
        }
    }

    private static void WriteAdditionalData(Span<byte> destination, ContentType type, ulong epochAndSequence, int length)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, epochAndSequence);
        destination[8] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(destination[9..], DtlsVersion.Dtls12);
        BinaryPrimitives.WriteUInt16BigEndian(destination[11..], (ushort)length);
    }
}
