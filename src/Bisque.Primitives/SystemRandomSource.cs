using System.Security.Cryptography;

namespace Bisque.Primitives;

/// <summary>The operating system's cryptographic random generator.</summary>
public sealed class SystemRandomSource : RandomSource
{
    /// <inheritdoc/>
    public override void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
