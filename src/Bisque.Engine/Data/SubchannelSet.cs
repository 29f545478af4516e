namespace Bisque.Engine.Data;

/// <summary>The subchannels that a data consumer listens to, and what it therefore receives.</summary>
internal sealed class SubchannelSet
{
    private readonly HashSet<ushort> _subchannels;

    public SubchannelSet(IReadOnlyList<ushort>? subchannels) => _subchannels = [.. subchannels ?? []];

    public bool IsEmpty => _subchannels.Count == 0;

    public bool Contains(ushort subchannel) => _subchannels.Contains(subchannel);

    public void Add(ushort subchannel) => _subchannels.Add(subchannel);

    public void Remove(ushort subchannel) => _subchannels.Remove(subchannel);

    public void Replace(IReadOnlyList<ushort> subchannels)
    {
        _subchannels.Clear();
        _subchannels.UnionWith(subchannels);
    }

    /// <summary>The whole set, lowest first.</summary>
    public ushort[] ToArray() => [.. _subchannels.Order()];

    /// <summary>
    /// Whether a listener to these subchannels receives a message: it listens to the one required, not to the one ignored, and to one of
    /// those named if any is.
    /// </summary>
    public bool Accepts(in DataMessage message) =>
        (message.RequiredSubchannel is not { } required || Contains(required))
        && (message.IgnoredSubchannel is not { } ignored || !Contains(ignored))
        && (message.Subchannels.Count == 0 || message.Subchannels.HasAnyOf(this));

    /// <summary>
    /// Whether a pipe takes a message to the other router. One that names no subchannels takes everything, and none leaves a message out
    /// that is to be ignored by some: that is for the consumers behind it.
    /// </summary>
    public bool AcceptsForPipe(in DataMessage message) =>
        IsEmpty
        || ((message.RequiredSubchannel is not { } required || Contains(required))
            && (message.Subchannels.Count == 0 || message.Subchannels.HasAnyOf(this)));
}
