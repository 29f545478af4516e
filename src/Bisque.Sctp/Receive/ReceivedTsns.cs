using System.Numerics;
using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Receive;

/// <summary>
/// The set of TSNs that have arrived: all up to the cumulative one, and beyond it one bit each in a ring that grows with the furthest. The
/// caller holds TSNs to <see cref="DataTracker.MaximumAhead"/>.
/// </summary>
internal sealed class ReceivedTsns(Tsn cumulative)
{
    private const int InitialBits = 1024;
    private ulong[] _bits = new ulong[InitialBits / 64];

    /// <summary>How far the furthest TSN that arrived lies ahead of <see cref="Cumulative"/>.</summary>
    private int _furthest;

    /// <summary>All TSNs up to this one have arrived.</summary>
    public Tsn Cumulative { get; private set; } = cumulative;

    /// <summary>Whether a TSN is missing below one that arrived.</summary>
    public bool HasGaps => _furthest > 0;

    /// <summary>Adds a TSN; false when it is there already.</summary>
    public bool TryAdd(Tsn tsn)
    {
        var offset = Cumulative.DistanceTo(tsn);
        if (offset <= 0 || (offset <= _furthest && IsSet(offset)))
        {
            return false;
        }

        if (offset == 1)
        {
            Advance(1);
            return true;
        }

        if (offset >= _bits.Length * 64)
        {
            Grow(offset);
        }

        _furthest = Math.Max(_furthest, offset);
        Word(offset) |= Bit(offset);
        return true;
    }

    /// <summary>Adds all TSNs up to <paramref name="tsn"/>, which is newer than the cumulative one.</summary>
    public void AdvanceTo(Tsn tsn) => Advance(Cumulative.DistanceTo(tsn));

    /// <summary>The runs beyond the cumulative TSN, lowest first, as far as there is room and 16 bits reach; returns how many.</summary>
    public int CopyGapBlocks(Span<GapBlock> blocks)
    {
        var count = 0;
        var offset = 2;
        var last = Math.Min(_furthest, ushort.MaxValue);
        while (count < blocks.Length && offset <= last)
        {
            var start = Next(offset, last, set: true);
            if (start > last)
            {
                break;
            }

            offset = Next(start, last, set: false);
            blocks[count++] = new((ushort)start, (ushort)(offset - 1));
        }

        return count;
    }

    /// <summary>Moves the cumulative TSN, and on over what follows it without a gap.</summary>
    private void Advance(int distance)
    {
        if (_furthest > 0)
        {
            Clear(Math.Min(distance, _furthest));
            if (distance < _furthest)
            {
                var end = Next(distance + 1, _furthest, set: false);
                for (; distance + 1 < end; distance++)
                {
                    Word(distance + 1) &= ~Bit(distance + 1);
                }
            }
        }

        Cumulative = Cumulative.Plus(distance);
        _furthest = Math.Max(0, _furthest - distance);
    }

    /// <summary>Clears the bits at offsets 1 to <paramref name="last"/>, a word at a time where it can.</summary>
    private void Clear(int last)
    {
        for (var offset = 1; offset <= last;)
        {
            var room = 64 - (int)((Cumulative.Value + (uint)offset) & 63);
            if (room == 64 && last - offset >= 63)
            {
                Word(offset) = 0;
                offset += 64;
            }
            else
            {
                Word(offset) &= ~Bit(offset);
                offset++;
            }
        }
    }

    /// <summary>The first offset from <paramref name="offset"/> on whose bit is as asked, or the one behind <paramref name="last"/>.</summary>
    private int Next(int offset, int last, bool set)
    {
        while (offset <= last)
        {
            var inWord = (int)((Cumulative.Value + (uint)offset) & 63);
            var word = (set ? Word(offset) : ~Word(offset)) >> inWord;
            if (word != 0)
            {
                return Math.Min(offset + BitOperations.TrailingZeroCount(word), last + 1);
            }

            offset += 64 - inWord;
        }

        return last + 1;
    }

    private bool IsSet(int offset) => (Word(offset) & Bit(offset)) != 0;

    private ref ulong Word(int offset) => ref _bits[((Cumulative.Value + (uint)offset) >> 6) & (uint)(_bits.Length - 1)];

    private ulong Bit(int offset) => 1UL << (int)((Cumulative.Value + (uint)offset) & 63);

    private void Grow(int offset)
    {
        var old = _bits;
        _bits = new ulong[BitOperations.RoundUpToPowerOf2((uint)offset + 1) / 64];
        for (var i = 2; i <= _furthest; i++)
        {
            var at = Cumulative.Value + (uint)i;
            Word(i) |= old[(at >> 6) & (uint)(old.Length - 1)] & (1UL << (int)(at & 63));
        }
    }
}
