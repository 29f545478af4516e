using System.Diagnostics.CodeAnalysis;

namespace Bisque.Ice.Agent;

/// <summary>The valid tuples of one agent, newest first.</summary>
internal sealed class TupleTable
{
    /// <summary>As mediasoup keeps them: enough for every interface of a peer over UDP and TCP, and not for an attacker's memory.</summary>
    public const int Capacity = 8;

    private readonly IceTuple[] _tuples = new IceTuple[Capacity];

    public int Count { get; private set; }

    public IceTuple Newest => _tuples[0];

    public ReadOnlySpan<IceTuple> Tuples => _tuples.AsSpan(0, Count);

    public bool Contains(in IceTuple tuple) => IndexOf(tuple) >= 0;

    /// <summary>Puts a tuple that is not there yet first; when full, the oldest one other than <paramref name="kept"/> goes.</summary>
    public bool Add(in IceTuple tuple, IceTuple? kept, [NotNullWhen(true)] out IceTuple? evicted)
    {
        evicted = null;
        if (Count == Capacity)
        {
            var oldest = _tuples[Count - 1] == kept ? Count - 2 : Count - 1;
            evicted = _tuples[oldest];
            RemoveAt(oldest);
        }

        Array.Copy(_tuples, 0, _tuples, 1, Count);
        _tuples[0] = tuple;
        Count++;
        return evicted is not null;
    }

    public bool Remove(in IceTuple tuple)
    {
        var index = IndexOf(tuple);
        if (index < 0)
        {
            return false;
        }

        RemoveAt(index);
        return true;
    }

    private int IndexOf(in IceTuple tuple) => Array.IndexOf(_tuples, tuple, 0, Count);

    private void RemoveAt(int index)
    {
        Count--;
        Array.Copy(_tuples, index + 1, _tuples, index, Count - index);
    }
}
