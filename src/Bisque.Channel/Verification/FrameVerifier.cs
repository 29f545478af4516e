using System.Buffers.Binary;

namespace Bisque.Channel.Verification;

/// <summary>
/// Walks a whole frame by the schema before anything reads it: after <see cref="FrameVerdict.Sound"/> no accessor of the generated
/// code can leave the frame, and reading everything takes time and memory in proportion to the frame's length.
/// </summary>
internal ref struct FrameVerifier
{
    /// <summary>Deepest nesting of tables. The schema's deepest honest message has nine; only statistics can nest without end.</summary>
    private const int MaxDepth = 16;

    /// <summary>Allows for small frames whose builder shared strings.</summary>
    private const int SharingAllowance = 4096;

    private const int OffsetSize = sizeof(uint);

    private readonly ReadOnlySpan<byte> _frame;

    /// <summary>
    /// Bytes that may still be visited. Bounded by twice the frame, so that tables pointing many times at the same bytes cannot make
    /// a small frame large when it is read.
    /// </summary>
    private long _budget;

    private long _body;
    private int _bodyShape;

    private FrameVerifier(ReadOnlySpan<byte> frame)
    {
        _frame = frame;
        _budget = (2L * frame.Length) + SharingAllowance;
        _bodyShape = -1;
    }

    /// <summary>Verifies a frame without its length prefix.</summary>
    public static FrameVerdict Verify(ReadOnlySpan<byte> frame)
    {
        var verifier = new FrameVerifier(frame);
        if (!verifier.TryFollow(0, out var root) || !verifier.IsTable(root, WireShapes.Message, depth: 1))
        {
            return FrameVerdict.Malformed;
        }

        var bodyIsSound = verifier._bodyShape < 0 || verifier.IsTable(verifier._body, verifier._bodyShape, depth: 3);
        return bodyIsSound ? FrameVerdict.Sound : FrameVerdict.BodyMalformed;
    }

    private static bool IsEnvelope(int shape) => shape is WireShapes.Request or WireShapes.Response or WireShapes.Notification;

    private bool IsTable(long position, int shape, int depth)
    {
        if (depth > MaxDepth || !TryReadLayout(position, out var layout) || !Spend(layout.TableSize + layout.VtableSize))
        {
            return false;
        }

        foreach (ref readonly var field in WireShapes.Tables[shape].AsSpan())
        {
            var sound = field.Kind == FieldKind.Union ? IsUnion(layout, field, shape, depth) : IsField(layout, field, depth);
            if (!sound)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsField(in TableLayout layout, in FieldShape field, int depth)
    {
        var size = field.Kind == FieldKind.Scalar ? field.Detail : OffsetSize;
        if (!TryFind(layout, field.Slot, size, out var position))
        {
            return false;
        }

        if (position < 0)
        {
            return !field.Required;
        }

        if (field.Kind == FieldKind.Scalar)
        {
            return true;
        }

        if (!TryFollow(position, out var target))
        {
            return false;
        }

        return field.Kind switch
        {
            FieldKind.Table => IsTable(target, field.Detail, depth + 1),
            FieldKind.String => IsVector(target, sizeof(byte), out _),
            FieldKind.Scalars => IsVector(target, field.Detail, out _),
            _ => IsVectorOfOffsets(target, field, depth),
        };
    }

    private bool IsUnion(in TableLayout layout, in FieldShape field, int shape, int depth)
    {
        if (!TryFind(layout, field.Slot, sizeof(byte), out var kindPosition)
            || !TryFind(layout, field.Slot + sizeof(ushort), OffsetSize, out var valuePosition))
        {
            return false;
        }

        var kind = kindPosition < 0 ? 0 : _frame[(int)kindPosition];
        var members = WireShapes.Unions[field.Detail];
        if (kind == 0)
        {
            return !field.Required;
        }

        if (kind > members.Length)
        {
            // A later version's member: nobody here can read it, so nobody will. An envelope must be known.
            return shape != WireShapes.Message;
        }

        if (valuePosition < 0 || !TryFollow(valuePosition, out var target))
        {
            return false;
        }

        if (IsEnvelope(shape))
        {
            (_body, _bodyShape) = (target, members[kind - 1]);
            return true;
        }

        return IsTable(target, members[kind - 1], depth + 1);
    }

    private bool IsVectorOfOffsets(long position, in FieldShape field, int depth)
    {
        if (!IsVector(position, OffsetSize, out var count))
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            if (!TryFollow(position + OffsetSize + ((long)i * OffsetSize), out var target))
            {
                return false;
            }

            var sound = field.Kind == FieldKind.Strings ? IsVector(target, sizeof(byte), out _) : IsTable(target, field.Detail, depth + 1);
            if (!sound)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A count followed by that many elements, all inside the frame.</summary>
    private bool IsVector(long position, int elementSize, out long count)
    {
        count = 0;
        if (position > _frame.Length - OffsetSize)
        {
            return false;
        }

        count = BinaryPrimitives.ReadUInt32LittleEndian(_frame[(int)position..]);
        var bytes = count * elementSize;
        return bytes <= _frame.Length - OffsetSize - position && Spend(OffsetSize + bytes);
    }

    private bool TryReadLayout(long position, out TableLayout layout)
    {
        layout = default;
        if (position > _frame.Length - sizeof(int))
        {
            return false;
        }

        var vtable = position - BinaryPrimitives.ReadInt32LittleEndian(_frame[(int)position..]);
        if (vtable < 0 || vtable > _frame.Length - (2 * sizeof(ushort)))
        {
            return false;
        }

        layout = new TableLayout(position, vtable, ReadUInt16(vtable), ReadUInt16(vtable + sizeof(ushort)));

        // The runtime reads both sizes and every offset as signed 16 bits, and takes a vtable of odd size for one byte longer.
        return layout.VtableSize is >= 4 and <= short.MaxValue
            && layout.VtableSize % 2 == 0
            && layout.TableSize is >= 4 and <= short.MaxValue
            && vtable + layout.VtableSize <= _frame.Length
            && position + layout.TableSize <= _frame.Length;
    }

    /// <summary>Where a field stands, -1 when it is absent; false when it would reach over its table's end.</summary>
    private readonly bool TryFind(in TableLayout layout, int slot, int size, out long position)
    {
        var offset = slot < layout.VtableSize ? ReadUInt16(layout.Vtable + slot) : 0;
        position = offset == 0 ? -1 : layout.Position + offset;
        return offset == 0 || (offset >= sizeof(int) && offset + size <= layout.TableSize);
    }

    private readonly bool TryFollow(long position, out long target)
    {
        target = 0;
        if (position > _frame.Length - OffsetSize)
        {
            return false;
        }

        var offset = BinaryPrimitives.ReadUInt32LittleEndian(_frame[(int)position..]);
        target = position + offset;
        return offset >= OffsetSize && target <= _frame.Length - OffsetSize;
    }

    private readonly int ReadUInt16(long position) => BinaryPrimitives.ReadUInt16LittleEndian(_frame[(int)position..]);

    private bool Spend(long bytes)
    {
        _budget -= bytes;
        return _budget >= 0;
    }

    private readonly record struct TableLayout(long Position, long Vtable, int VtableSize, int TableSize);
}
