using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Bisque.Srtp.Ciphers;

/// <summary>
/// HMAC-SHA1 under one key (RFC 2104). Single messages go through the framework; the hash states after the two padded keys are kept
/// for <see cref="HmacSha1Lanes"/>, which starts many messages from them.
/// </summary>
internal sealed class HmacSha1 : IDisposable
{
    public const int TagLength = HMACSHA1.HashSizeInBytes;

    private const int BlockLength = 64;

    private readonly IncrementalHash _hash;
    private Sha1State _inner;
    private Sha1State _outer;

    /// <summary>Takes a key of at most one block.</summary>
    public HmacSha1(ReadOnlySpan<byte> key)
    {
        _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, key);
        _inner = StateAfter(key, 0x36);
        _outer = StateAfter(key, 0x5c);
    }

    /// <summary>The state after the key's inner padding.</summary>
    public ref readonly Sha1State Inner => ref _inner;

    /// <summary>The state after the key's outer padding.</summary>
    public ref readonly Sha1State Outer => ref _outer;

    /// <summary>Writes the first bytes of the HMAC over a message, as many as <paramref name="tag"/> takes.</summary>
    public void Compute(ReadOnlySpan<byte> message, Span<byte> tag)
    {
        Span<byte> whole = stackalloc byte[TagLength];
        _hash.AppendData(message);
        _hash.GetHashAndReset(whole);
        whole[..tag.Length].CopyTo(tag);
    }

    /// <summary>The same over a message that four more bytes follow.</summary>
    public void Compute(ReadOnlySpan<byte> message, uint suffix, Span<byte> tag)
    {
        Span<byte> suffixBytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(suffixBytes, suffix);
        _hash.AppendData(message);
        Compute(suffixBytes, tag);
    }

    public void Dispose()
    {
        _hash.Dispose();
        _inner = default;
        _outer = default;
    }

    private static Sha1State StateAfter(ReadOnlySpan<byte> key, byte padding)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        block.Clear();
        key.CopyTo(block);
        Span<uint> schedule = stackalloc uint[80];
        for (var t = 0; t < 80; t++)
        {
            schedule[t] = t < 16
                ? BinaryPrimitives.ReadUInt32BigEndian(block[(4 * t)..]) ^ (0x0101_0101u * padding)
                : BitOperations.RotateLeft(schedule[t - 3] ^ schedule[t - 8] ^ schedule[t - 14] ^ schedule[t - 16], 1);
        }

        var state = Sha1State.Initial;
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4]);
        for (var t = 0; t < 80; t++)
        {
            var mixed = (t / 20) switch
            {
                0 => ((b & c) | (~b & d)) + 0x5a82_7999,
                1 => (b ^ c ^ d) + 0x6ed9_eba1,
                2 => ((b & c) | (b & d) | (c & d)) + 0x8f1b_bcdc,
                _ => (b ^ c ^ d) + 0xca62_c1d6,
            };
            (a, b, c, d, e) = (BitOperations.RotateLeft(a, 5) + mixed + e + schedule[t], a, BitOperations.RotateLeft(b, 30), c, d);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        block.Clear();
        schedule.Clear();
        return state;
    }

    /// <summary>The five words of a SHA-1 in progress (FIPS 180-4 section 6.1).</summary>
    [InlineArray(5)]
    internal struct Sha1State
    {
        private uint _first;

        public static Sha1State Initial
        {
            get
            {
                var state = default(Sha1State);
                ReadOnlySpan<uint> words = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
                words.CopyTo(state);
                return state;
            }
        }
    }
}
