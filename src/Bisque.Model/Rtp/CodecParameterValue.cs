namespace Bisque.Model;

/// <summary>The value of a codec parameter. Its kind is kept on the way through: 1, 1.0 and "1" are three values.</summary>
public abstract record CodecParameterValue
{
    private CodecParameterValue()
    {
    }

    /// <summary>True or false.</summary>
    public sealed record Boolean(bool Value) : CodecParameterValue;

    /// <summary>A whole number.</summary>
    public sealed record Integer32(int Value) : CodecParameterValue;

    /// <summary>A number with a fraction.</summary>
    public sealed record Double(double Value) : CodecParameterValue;

    /// <summary>A text.</summary>
    public sealed record Text(string Value) : CodecParameterValue;

    /// <summary>Several whole numbers.</summary>
    public sealed record Integer32Array(IReadOnlyList<int> Values) : CodecParameterValue;
}
