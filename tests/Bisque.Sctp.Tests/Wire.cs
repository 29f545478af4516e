using Bisque.Primitives;

namespace Bisque.Sctp.Tests;

/// <summary>Carries packets both ways at once, without allocating.</summary>
internal sealed class Wire
{
    public Ring ToZ { get; } = new();

    public Ring ToA { get; } = new();

    public void Carry(Peer a, Peer z, MonotonicTime now)
    {
        while (ToZ.Count > 0 || ToA.Count > 0)
        {
            while (ToZ.Count > 0)
            {
                z.Association.Receive(ToZ.Take(), now);
            }

            while (ToA.Count > 0)
            {
                a.Association.Receive(ToA.Take(), now);
            }
        }
    }

    /// <summary>Packets on their way.</summary>
    internal sealed class Ring
    {
        private readonly byte[][] _slots = [.. Enumerable.Range(0, 64).Select(_ => new byte[1500])];
        private readonly int[] _lengths = new int[64];
        private int _first;

        public int Count { get; private set; }

        public void Add(ReadOnlySpan<byte> packet)
        {
            Assert.True(Count < _slots.Length);
            var at = (_first + Count++) % _slots.Length;
            packet.CopyTo(_slots[at]);
            _lengths[at] = packet.Length;
        }

        public ReadOnlySpan<byte> Take()
        {
            var at = _first;
            _first = (_first + 1) % _slots.Length;
            Count--;
            return _slots[at].AsSpan(0, _lengths[at]);
        }
    }
}
