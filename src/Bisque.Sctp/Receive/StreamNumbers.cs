namespace Bisque.Sctp.Receive;

/// <summary>A number for each of 65,536 streams, in pages made when a stream in them is first used: at most 512 KiB.</summary>
internal sealed class StreamNumbers(long initial)
{
    private const int PageSize = 256;
    private readonly long[]?[] _pages = new long[PageSize][];

    /// <summary>The number of a stream.</summary>
    public long this[ushort streamId]
    {
        get => _pages[streamId / PageSize] is { } page ? page[streamId % PageSize] : initial;
        set => Page(streamId / PageSize)[streamId % PageSize] = value;
    }

    /// <summary>All streams have their first number again.</summary>
    public void Clear() => Array.Clear(_pages);

    private long[] Page(int index)
    {
        if (_pages[index] is { } page)
        {
            return page;
        }

        page = new long[PageSize];
        Array.Fill(page, initial);
        return _pages[index] = page;
    }
}
