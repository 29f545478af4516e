using Bisque.Sctp.Packets;
using Bisque.Sctp.Receive;

namespace Bisque.Sctp.Association;

/// <summary>
/// Answers the peer's requests to reset the streams that it sends on (RFC 6525 section 5.2): at once, or, while chunks from before the
/// reset are missing, with "in progress" until they are there. One request waits at a time.
/// </summary>
internal sealed class IncomingStreamReset(Tsn peerInitialTsn, ReassemblyQueue reassembly, ISctpEvents events)
{
    private const int MaxListed = ushort.MaxValue;
    private ushort[] _streams = [];
    private int _streamCount;
    private Tsn _lastTsn;
    private ReConfigResult _result = ReConfigResult.NothingToDo;

    /// <summary>The number of the last request that was looked at.</summary>
    public uint LastRequestSequence { get; private set; } = peerInitialTsn.Value - 1;

    /// <summary>Deals with a request; what to answer.</summary>
    public ReConfigResult Handle(in OutgoingSsnResetRequest request, Tsn cumulativeTsn)
    {
        var retry = request.RequestSequence == LastRequestSequence;
        if (!retry && request.RequestSequence != LastRequestSequence + 1)
        {
            return ReConfigResult.BadSequenceNumber;
        }

        // A peer may ask again with the same number or with the next: it is told what became of the request that waited.
        if (_result == ReConfigResult.InProgress && (retry || IsSame(request)))
        {
            LastRequestSequence = request.RequestSequence;
            return _result = reassembly.HasDeferredReset ? ReConfigResult.InProgress : ReConfigResult.Performed;
        }

        if (retry)
        {
            return _result;
        }

        LastRequestSequence = request.RequestSequence;
        if (reassembly.HasDeferredReset)
        {
            return _result = ReConfigResult.AlreadyInProgress;
        }

        Remember(request);
        if (reassembly.ResetStreams(_lastTsn, cumulativeTsn, _streams.AsSpan(0, _streamCount)))
        {
            _result = ReConfigResult.Performed;
            events.IncomingStreamsReset(_streams.AsSpan(0, _streamCount));
        }
        else
        {
            _result = ReConfigResult.InProgress;
        }

        return _result;
    }

    /// <summary>Deals with a request of another kind, whose answer is <paramref name="result"/>.</summary>
    public ReConfigResult Handle(uint requestSequence, ReConfigResult result)
    {
        if (requestSequence == LastRequestSequence)
        {
            return _result;
        }

        if (requestSequence != LastRequestSequence + 1)
        {
            return ReConfigResult.BadSequenceNumber;
        }

        LastRequestSequence = requestSequence;
        return _result = result;
    }

    /// <summary>To be called when the cumulative TSN advanced: performs the reset that waited for it.</summary>
    public void OnCumulativeTsn(Tsn cumulativeTsn)
    {
        if (reassembly.HasDeferredReset && !_lastTsn.IsNewerThan(cumulativeTsn))
        {
            // Told first: what the queue then delivers is of the streams as they are now.
            events.IncomingStreamsReset(_streams.AsSpan(0, _streamCount));
            reassembly.CompleteDeferredReset(cumulativeTsn);
        }
    }

    private bool IsSame(in OutgoingSsnResetRequest request)
    {
        if (request.LastAssignedTsn != _lastTsn || request.StreamCount != _streamCount)
        {
            return false;
        }

        for (var i = 0; i < _streamCount; i++)
        {
            if (request.StreamAt(i) != _streams[i])
            {
                return false;
            }
        }

        return true;
    }

    private void Remember(in OutgoingSsnResetRequest request)
    {
        _lastTsn = request.LastAssignedTsn;
        _streamCount = Math.Min(request.StreamCount, MaxListed);
        if (_streams.Length < _streamCount)
        {
            _streams = new ushort[_streamCount];
        }

        for (var i = 0; i < _streamCount; i++)
        {
            _streams[i] = request.StreamAt(i);
        }
    }
}
