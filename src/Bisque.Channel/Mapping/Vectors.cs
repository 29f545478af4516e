using System.Runtime.InteropServices;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

/// <summary>Vectors: read whole into arrays, written from lists; a null list is left out, an empty one is written.</summary>
internal static partial class WireMapping
{
    public static T[] ReadList<TTable, T>(TTable table, int length, Func<TTable, int, T> read)
    {
        var list = new T[length];
        for (var i = 0; i < length; i++)
        {
            list[i] = read(table, i);
        }

        return list;
    }

    public static VectorOffset WriteTables<T, TTable>(
        FlatBufferBuilder builder,
        IReadOnlyList<T>? list,
        Func<FlatBufferBuilder, T, Offset<TTable>> write)
        where TTable : struct
    {
        if (list is null)
        {
            return default;
        }

        var offsets = new int[list.Count];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = write(builder, list[i]).Value;
        }

        return WriteOffsets(builder, offsets);
    }

    private static VectorOffset WriteStrings(FlatBufferBuilder builder, IReadOnlyList<string>? list)
    {
        if (list is null)
        {
            return default;
        }

        var offsets = new int[list.Count];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = builder.CreateString(list[i]).Value;
        }

        return WriteOffsets(builder, offsets);
    }

    private static VectorOffset WriteOffsets(FlatBufferBuilder builder, int[] offsets)
    {
        builder.StartVector(sizeof(int), offsets.Length, sizeof(int));
        for (var i = offsets.Length - 1; i >= 0; i--)
        {
            builder.AddOffset(offsets[i]);
        }

        return builder.EndVector();
    }

    private static VectorOffset WriteScalars(FlatBufferBuilder builder, IReadOnlyList<byte> list) =>
        WriteEnums(builder, list, static value => value);

    private static VectorOffset WriteScalars(FlatBufferBuilder builder, IReadOnlyList<ushort>? list)
    {
        if (list is null)
        {
            return default;
        }

        builder.StartVector(sizeof(ushort), list.Count, sizeof(ushort));
        for (var i = list.Count - 1; i >= 0; i--)
        {
            builder.AddUshort(list[i]);
        }

        return builder.EndVector();
    }

    private static VectorOffset WriteScalars(FlatBufferBuilder builder, IReadOnlyList<int> list)
    {
        builder.StartVector(sizeof(int), list.Count, sizeof(int));
        for (var i = list.Count - 1; i >= 0; i--)
        {
            builder.AddInt(list[i]);
        }

        return builder.EndVector();
    }

    private static VectorOffset WriteEnums<T>(FlatBufferBuilder builder, IReadOnlyList<T> list, Func<T, byte> number)
    {
        builder.StartVector(sizeof(byte), list.Count, sizeof(byte));
        for (var i = list.Count - 1; i >= 0; i--)
        {
            builder.AddByte(number(list[i]));
        }

        return builder.EndVector();
    }

    public static VectorOffset WriteBytes(FlatBufferBuilder builder, ReadOnlyMemory<byte> data)
    {
        builder.StartVector(sizeof(byte), data.Length, sizeof(byte));
        builder.Add(MemoryMarshal.TryGetArray(data, out var segment) ? segment : new ArraySegment<byte>(data.ToArray()));
        return builder.EndVector();
    }
}
