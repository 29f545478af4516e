namespace Bisque.Model;

/// <summary>Replaces the set of subchannels.</summary>
public sealed record SetSubchannelsRequest
{
    /// <summary>The subchannels to listen to.</summary>
    public required IReadOnlyList<ushort> Subchannels { get; init; }
}

/// <summary>Answers <see cref="SetSubchannelsRequest"/>.</summary>
public sealed record SetSubchannelsResponse
{
    /// <summary>The whole set.</summary>
    public required IReadOnlyList<ushort> Subchannels { get; init; }
}

/// <summary>Adds a subchannel.</summary>
public sealed record AddSubchannelRequest
{
    /// <summary>Which one.</summary>
    public ushort Subchannel { get; init; }
}

/// <summary>Answers <see cref="AddSubchannelRequest"/>.</summary>
public sealed record AddSubchannelResponse
{
    /// <summary>The whole set.</summary>
    public required IReadOnlyList<ushort> Subchannels { get; init; }
}

/// <summary>Removes a subchannel.</summary>
public sealed record RemoveSubchannelRequest
{
    /// <summary>Which one.</summary>
    public ushort Subchannel { get; init; }
}

/// <summary>Answers <see cref="RemoveSubchannelRequest"/>.</summary>
public sealed record RemoveSubchannelResponse
{
    /// <summary>The whole set.</summary>
    public required IReadOnlyList<ushort> Subchannels { get; init; }
}
