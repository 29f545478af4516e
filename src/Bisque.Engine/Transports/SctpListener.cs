using Bisque.Model;

namespace Bisque.Engine.Transports;

/// <summary>Finds the data producer that a stream belongs to.</summary>
internal sealed class SctpListener
{
    private readonly Dictionary<ushort, DataProducer> _byStreamId = [];

    /// <exception cref="RequestException">Error: the stream belongs to another data producer.</exception>
    public void Add(DataProducer producer)
    {
        if (producer.StreamId is { } streamId && !_byStreamId.TryAdd(streamId, producer))
        {
            throw RequestException.Error($"streamId {streamId} already exists in SCTP listener");
        }
    }

    public void Remove(DataProducer producer)
    {
        if (producer.StreamId is { } streamId && _byStreamId.GetValueOrDefault(streamId) == producer)
        {
            _byStreamId.Remove(streamId);
        }
    }

    public DataProducer? Find(ushort streamId) => _byStreamId.GetValueOrDefault(streamId);

    public SctpListenerDump Dump() => new()
    {
        StreamIdTable = [.. _byStreamId.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Id))],
    };
}
