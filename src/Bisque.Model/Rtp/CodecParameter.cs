namespace Bisque.Model;

/// <summary>A named parameter of a codec or header extension.</summary>
public sealed record CodecParameter
{
    /// <summary>The parameter's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its value with its kind.</summary>
    public required CodecParameterValue Value { get; init; }
}
