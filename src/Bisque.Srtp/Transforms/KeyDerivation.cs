using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Bisque.Srtp.Ciphers;

namespace Bisque.Srtp.Transforms;

/// <summary>
/// Derives session keys from a master key with AES in counter mode, at a key derivation rate of 0: once (RFC 3711 section 4.3;
/// RFC 6188 section 3 for 256-bit keys).
/// </summary>
internal sealed class KeyDerivation : IDisposable
{
    private const int SaltSize = 14;
    private const int LabelPosition = 7;

    private readonly CounterMode _prf;
    private readonly byte[] _salt = new byte[SaltSize];

    /// <summary>Salts of 12 bytes (RFC 7714 section 11) are continued with zeros.</summary>
    public KeyDerivation(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt)
    {
        _prf = CounterMode.Create(masterKey);
        masterSalt.CopyTo(_salt);
    }

    public void Derive(KeyLabel label, Span<byte> key)
    {
        Span<byte> counterBlock = stackalloc byte[16];
        counterBlock.Clear();
        _salt.CopyTo(counterBlock);
        counterBlock[LabelPosition] ^= (byte)label;
        key.Clear();
        _prf.Transform(Vector128.Create<byte>(counterBlock), key, key);
    }

    public void Dispose()
    {
        _prf.Dispose();
        CryptographicOperations.ZeroMemory(_salt);
    }
}
