namespace Bisque.Primitives;

/// <summary>A synchronization source identifier (RFC 3550 section 3).</summary>
public readonly record struct Ssrc(uint Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
