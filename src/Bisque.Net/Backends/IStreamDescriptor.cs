namespace Bisque.Net.Backends;

/// <summary>A connected byte stream of a back end.</summary>
internal interface IStreamDescriptor : IDescriptor
{
    /// <summary>Reads what is there. Done with 0 bytes means the end.</summary>
    StreamResult Read(Span<byte> destination);

    /// <summary>Writes as much as fits of the two parts, one after the other.</summary>
    StreamResult Write(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second);

    /// <summary>Blocks until writing may go on or the time is over.</summary>
    bool WaitUntilWritable(TimeSpan limit);

    /// <summary>Tells the peer that nothing more will come.</summary>
    void ShutdownWrite();
}
