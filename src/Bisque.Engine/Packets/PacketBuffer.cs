using Bisque.Primitives;

namespace Bisque.Engine.Packets;

/// <summary>Stand-in for the buffer of Bisque.Net until that project has it.</summary>
internal sealed class PacketBuffer
{
    public const int Capacity = 2048;

    public byte[] Array { get; } = new byte[Capacity];

    public int Offset { get; }

    public int Length { get; set; }

    public Span<byte> Span => Array.AsSpan(Offset, Length);

    public MonotonicTime ReceivedAt { get; set; }

    public int References { get; private set; } = 1;

    public void AddReference() => References++;

    public void Release() => References--;
}
