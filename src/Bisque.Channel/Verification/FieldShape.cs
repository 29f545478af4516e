namespace Bisque.Channel.Verification;

/// <summary>What stands in a field of a table, as far as finding and bounding it needs.</summary>
internal enum FieldKind : byte
{
    /// <summary>A number in the table itself.</summary>
    Scalar,

    /// <summary>A text.</summary>
    String,

    /// <summary>Another table.</summary>
    Table,

    /// <summary>A number that names a table, and in the next slot that table.</summary>
    Union,

    /// <summary>A vector of numbers.</summary>
    Scalars,

    /// <summary>A vector of texts.</summary>
    Strings,

    /// <summary>A vector of tables.</summary>
    Tables,
}

/// <summary>One field of a table.</summary>
/// <param name="Slot">Offset of its entry in the vtable.</param>
/// <param name="Kind">What stands there.</param>
/// <param name="Required">Whether it must be present.</param>
/// <param name="Detail">Bytes of a scalar; index of a table or union in <see cref="WireShapes"/>.</param>
internal readonly record struct FieldShape(int Slot, FieldKind Kind, bool Required, int Detail = 0);
