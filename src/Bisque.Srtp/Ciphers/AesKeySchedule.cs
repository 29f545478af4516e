using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using AesInstructions = System.Runtime.Intrinsics.X86.Aes;

namespace Bisque.Srtp.Ciphers;

/// <summary>Expands AES keys of 16 or 32 bytes into round keys (FIPS 197 section 5.2).</summary>
internal static class AesKeySchedule
{
    public static Vector128<byte>[] Expand(ReadOnlySpan<byte> key)
    {
        var keyWords = key.Length / 4;
        var rounds = keyWords + 6;
        Span<uint> words = stackalloc uint[4 * (rounds + 1)];
        for (var i = 0; i < keyWords; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(4 * i)..]);
        }

        var roundConstant = 1u;
        for (var i = keyWords; i < words.Length; i++)
        {
            var word = words[i - 1];
            if (i % keyWords == 0)
            {
                // Little-endian words: rotating towards the first byte is a rotation to the right.
                word = SubstituteWord(uint.RotateRight(word, 8)) ^ roundConstant;
                roundConstant = (roundConstant << 1) ^ ((roundConstant >> 7) * 0x11b);
            }
            else if (keyWords > 6 && i % keyWords == 4)
            {
                word = SubstituteWord(word);
            }

            words[i] = words[i - keyWords] ^ word;
        }

        var roundKeys = new Vector128<byte>[rounds + 1];
        for (var i = 0; i <= rounds; i++)
        {
            roundKeys[i] = Vector128.Create<uint>(words[(4 * i)..]).AsByte();
        }

        words.Clear();
        return roundKeys;
    }

    /// <summary>With four equal columns the row shift of the last round changes nothing, which leaves the S-box.</summary>
    private static uint SubstituteWord(uint word) =>
        AesInstructions.EncryptLast(Vector128.Create(word).AsByte(), Vector128<byte>.Zero).AsUInt32().ToScalar();
}
