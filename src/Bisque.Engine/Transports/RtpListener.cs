using Bisque.Engine.Internal;
using Bisque.Model;
using Bisque.Primitives;

namespace Bisque.Engine.Transports;

/// <summary>
/// Finds the producer that a packet belongs to: by its SSRC, else by the MID extension, else by the RID extension when that
/// producer has no MID (RFC 8843 section 9.2). An SSRC is learned only when the producer made a stream of it, so what a
/// peer can add is bounded by the encodings that were negotiated.
/// </summary>
internal sealed class RtpListener
{
    private readonly Dictionary<Ssrc, Producer> _bySsrc = [];
    private readonly Dictionary<string, Producer> _byMid = [];
    private readonly Dictionary<string, Producer> _byRid = [];

    /// <exception cref="RequestException">
    /// Error: an SSRC, MID, or RID without MID, belongs to another producer, or an SSRC is named twice.
    /// </exception>
    public void Add(Producer producer)
    {
        var named = new HashSet<Ssrc>();
        foreach (var encoding in producer.Media.Encodings)
        {
            Require(encoding.Ssrc is not { } ssrc || IsNew(ssrc), $"ssrc {encoding.Ssrc} already exists in RTP listener");
            Require(encoding.RtxSsrc is not { } rtx || IsNew(rtx), $"RTX ssrc {encoding.RtxSsrc} already exists in RTP listener");
            Require(
                producer.Media.Mid is not null || encoding.Rid is null || !_byRid.ContainsKey(encoding.Rid),
                $"RID {encoding.Rid} already exists in RTP listener and no MID is given");
        }

        Require(producer.Media.Mid is null || !_byMid.ContainsKey(producer.Media.Mid), $"MID {producer.Media.Mid} already exists in RTP listener");

        foreach (var encoding in producer.Media.Encodings)
        {
            if (encoding.Ssrc is { } ssrc)
            {
                _bySsrc[ssrc] = producer;
            }

            if (encoding.RtxSsrc is { } rtxSsrc)
            {
                _bySsrc[rtxSsrc] = producer;
            }

            if (encoding.Rid is { } rid)
            {
                _byRid.TryAdd(rid, producer);
            }
        }

        if (producer.Media.Mid is { } mid)
        {
            _byMid[mid] = producer;
        }

        bool IsNew(Ssrc ssrc) => !_bySsrc.ContainsKey(ssrc) && named.Add(ssrc);
    }

    public void Remove(Producer producer)
    {
        RemoveValue(_bySsrc, producer);
        RemoveValue(_byMid, producer);
        RemoveValue(_byRid, producer);
    }

    /// <summary>Remembers an SSRC that arrived with a MID or RID.</summary>
    public void Learn(Ssrc ssrc, Producer producer) => _bySsrc.TryAdd(ssrc, producer);

    /// <summary>Forgets every SSRC of a producer's stream that ended.</summary>
    public void Forget(Ssrc ssrc) => _bySsrc.Remove(ssrc);

    public Producer? Find(Ssrc ssrc) => _bySsrc.GetValueOrDefault(ssrc);

    /// <summary>Finds by the extensions' values, given as they are in the packet: UTF-8 text, empty when absent.</summary>
    public Producer? Find(ReadOnlySpan<byte> mid, ReadOnlySpan<byte> rid)
    {
        if (TextTable.TryFind(_byMid, mid, out var producer))
        {
            return producer;
        }

        return TextTable.TryFind(_byRid, rid, out producer) && producer.Media.Mid is null ? producer : null;
    }

    public RtpListenerDump Dump() => new()
    {
        SsrcTable = [.. _bySsrc.Select(entry => KeyValuePair.Create(entry.Key.Value, entry.Value.Id))],
        MidTable = [.. _byMid.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Id))],
        RidTable = [.. _byRid.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Id))],
    };

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw RequestException.Error(message);
        }
    }

    private static void RemoveValue<TKey>(Dictionary<TKey, Producer> table, Producer producer)
        where TKey : notnull
    {
        foreach (var key in table.Where(entry => entry.Value == producer).Select(entry => entry.Key).ToArray())
        {
            table.Remove(key);
        }
    }
}
