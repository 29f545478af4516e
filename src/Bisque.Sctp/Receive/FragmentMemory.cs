using Bisque.Sctp.Buffers;

namespace Bisque.Sctp.Receive;

/// <summary>
/// Keeps bytes that cannot be delivered yet, and counts them: their length, and a fixed amount for each piece, so that a flood of
/// one-byte fragments fills the window as fast as it fills memory.
/// </summary>
internal sealed class FragmentMemory(BytePool pool)
{
    /// <summary>What a piece costs beyond its bytes: array header, unused rest of the array, its place in a table.</summary>
    public const int PieceOverhead = 128;

    /// <summary>What a message of which only parts are there costs beyond its bytes.</summary>
    public const int AssemblyOverhead = 384;

    /// <summary>Bytes kept and their overhead.</summary>
    public int Used { get; private set; }

    /// <summary>The pool of the bytes.</summary>
    public BytePool Pool { get; } = pool;

    /// <summary>Copies a piece.</summary>
    public byte[] Keep(ReadOnlySpan<byte> piece)
    {
        Used += piece.Length + PieceOverhead;
        var bytes = Pool.Rent(piece.Length);
        piece.CopyTo(bytes);
        return bytes;
    }

    /// <summary>Gives back what <see cref="Keep"/> gave.</summary>
    public void Release(byte[] bytes, int length)
    {
        Used -= length + PieceOverhead;
        Pool.Return(bytes);
    }

    /// <summary>Counts bytes that something else keeps, or no longer when negative.</summary>
    public void Count(int bytes) => Used += bytes;
}
