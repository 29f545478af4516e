using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Bisque.Srtp.Ciphers;

/// <summary>Counter mode over the framework's AES, for machines without the instructions that <see cref="HardwareCounterMode"/> needs.</summary>
internal sealed class FrameworkCounterMode : CounterMode
{
    private const int BatchLength = 32 * BlockLength;

    private readonly ICryptoTransform _aes;
    private readonly byte[] _counters = new byte[BatchLength];
    private readonly byte[] _keyStream = new byte[BatchLength];

    public FrameworkCounterMode(ReadOnlySpan<byte> key)
    {
        using var aes = Aes.Create();
        aes.Mode = CipherMode.ECB;
        aes.Padding = PaddingMode.None;
        aes.Key = key.ToArray();
        _aes = aes.CreateEncryptor();
    }

    public override void Transform(Vector128<byte> counterBlock, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        for (var done = 0; done < source.Length; done += BatchLength)
        {
            var length = Math.Min(BatchLength, source.Length - done);
            var blocks = (length + BlockLength - 1) / BlockLength;
            for (var i = 0; i < blocks; i++)
            {
                Advance(counterBlock, i).CopyTo(_counters, i * BlockLength);
            }

            // TransformBlock works from array to array without allocating; EncryptEcb does allocate.
            _aes.TransformBlock(_counters, 0, blocks * BlockLength, _keyStream, 0);
            Xor(source.Slice(done, length), _keyStream, destination.Slice(done, length));
            counterBlock = Advance(counterBlock, blocks);
        }
    }

    public override void Dispose()
    {
        _aes.Dispose();
        CryptographicOperations.ZeroMemory(_keyStream);
    }
}
