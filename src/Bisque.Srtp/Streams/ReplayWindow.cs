using System.Runtime.CompilerServices;

namespace Bisque.Srtp.Streams;

/// <summary>Which of the last 1,024 indices were seen (RFC 3711 section 3.3.2). A mutable struct: part of the state of an SSRC.</summary>
internal struct ReplayWindow
{
    /// <summary>As many as mediasoup asks libsrtp for: more than a second of high-rate video.</summary>
    public const int Size = 1024;

    private Words _seen;
    private ulong _highest;
    private bool _started;

    /// <summary>The highest index accepted, 0 before the first.</summary>
    public readonly ulong Highest => _highest;

    public readonly bool IsStarted => _started;

    /// <summary>Whether the index may be accepted; changes nothing, so it can be asked before the packet is known to be authentic.</summary>
    public readonly SrtpStatus Check(ulong index)
    {
        if (!_started || index > _highest)
        {
            return SrtpStatus.Ok;
        }

        if (_highest - index >= Size)
        {
            return SrtpStatus.TooOld;
        }

        return (_seen[WordOf(index)] & BitOf(index)) == 0 ? SrtpStatus.Ok : SrtpStatus.Replayed;
    }

    /// <summary>Marks an index that <see cref="Check"/> let pass and whose packet was authentic.</summary>
    public void Accept(ulong index)
    {
        if (!_started)
        {
            _started = true;
            _highest = index;
        }
        else if (index > _highest)
        {
            Advance(index);
        }

        _seen[WordOf(index)] |= BitOf(index);
    }

    private static int WordOf(ulong index) => (int)(index % Size) >> 6;

    private static ulong BitOf(ulong index) => 1UL << (int)(index & 63);

    private void Advance(ulong index)
    {
        if (index - _highest >= Size)
        {
            _seen = default;
        }
        else
        {
            for (var skipped = _highest + 1; skipped < index; skipped++)
            {
                _seen[WordOf(skipped)] &= ~BitOf(skipped);
            }
        }

        _highest = index;
    }

    [InlineArray(Size / 64)]
    private struct Words
    {
        private ulong _first;
    }
}
