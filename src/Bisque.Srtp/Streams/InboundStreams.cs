namespace Bisque.Srtp.Streams;

/// <summary>The inbound SSRCs of a session, never more than a stated number: the one unused for longest makes way.</summary>
internal sealed class InboundStreams(int capacity)
{
    private readonly Dictionary<uint, InboundStream> _bySsrc = [];
    private InboundStream? _newest;
    private InboundStream? _oldest;

    public int Count => _bySsrc.Count;

    public InboundStream? Find(uint ssrc) =>
        _newest is { } newest && newest.Ssrc == ssrc ? newest : _bySsrc.GetValueOrDefault(ssrc);

    /// <summary>Makes state for an SSRC that has none. Only after one of its packets proved to be authentic.</summary>
    public InboundStream Add(uint ssrc)
    {
        if (_bySsrc.Count == capacity)
        {
            Remove(_oldest!.Ssrc);
        }

        var stream = new InboundStream(ssrc);
        _bySsrc.Add(ssrc, stream);
        LinkAsNewest(stream);
        return stream;
    }

    /// <summary>Notes that the stream was just used.</summary>
    public void Touch(InboundStream stream)
    {
        if (stream != _newest)
        {
            Unlink(stream);
            LinkAsNewest(stream);
        }
    }

    public void Remove(uint ssrc)
    {
        if (_bySsrc.Remove(ssrc, out var stream))
        {
            Unlink(stream);
        }
    }

    private void LinkAsNewest(InboundStream stream)
    {
        stream.Older = _newest;
        stream.Newer = null;
        _newest?.Newer = stream;
        _newest = stream;
        _oldest ??= stream;
    }

    private void Unlink(InboundStream stream)
    {
        if (stream.Newer is null)
        {
            _newest = stream.Older;
        }
        else
        {
            stream.Newer.Older = stream.Older;
        }

        if (stream.Older is null)
        {
            _oldest = stream.Newer;
        }
        else
        {
            stream.Older.Newer = stream.Newer;
        }
    }
}
