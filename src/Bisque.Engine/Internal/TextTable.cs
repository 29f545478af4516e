using System.Diagnostics.CodeAnalysis;
using System.Text.Unicode;

namespace Bisque.Engine.Internal;

/// <summary>Looks up text that a packet carries as UTF-8 in a table of strings, without making a string of it.</summary>
internal static class TextTable
{
    /// <summary>Longer values are never a MID or RID: a one-byte header extension holds 16 bytes, and SDP tokens are short.</summary>
    private const int MaximumLength = 64;

    public static bool TryFind<T>(Dictionary<string, T> table, ReadOnlySpan<byte> utf8, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (utf8.IsEmpty || utf8.Length > MaximumLength || table.Count == 0)
        {
            return false;
        }

        Span<char> text = stackalloc char[MaximumLength];
        return Utf8.ToUtf16(utf8, text, out _, out var length, replaceInvalidSequences: false) == System.Buffers.OperationStatus.Done
            && table.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out value);
    }

    /// <summary>Whether a value in a packet is this text.</summary>
    public static bool Equal(ReadOnlySpan<byte> utf8, string? text)
    {
        if (text is null || utf8.Length > MaximumLength)
        {
            return false;
        }

        Span<char> characters = stackalloc char[MaximumLength];
        return Utf8.ToUtf16(utf8, characters, out _, out var length, replaceInvalidSequences: false) == System.Buffers.OperationStatus.Done
            && characters[..length].SequenceEqual(text);
    }
}
