using System.Buffers.Binary;

namespace Bisque.Engine.Data;

/// <summary>
/// How a message takes its subchannels through a pipe to another router: in front of the payload, big-endian,
/// <code>
/// magic (8 bytes; bit 1: a required subchannel follows, bit 0: an ignored one) | count (2) | count subchannels (2 each) | required (2)? | ignored (2)?
/// </code>
/// A message without any goes as it is, unless its payload looks like such a header: then an empty one is put before it, so that an
/// endpoint cannot choose subchannels that only the controller may choose.
/// </summary>
internal static class SubchannelFraming
{
    private const ulong Magic = 0xA5F0_9CB3_D6E1_F28C;
    private const ulong RequiredFlag = 2;
    private const ulong IgnoredFlag = 1;
    private const ulong FlagsMask = RequiredFlag | IgnoredFlag;
    private const int FixedLength = sizeof(ulong) + sizeof(ushort);

    /// <summary>Reads a message that came through a pipe. What carries no whole header is the payload, untouched.</summary>
    public static DataMessage Read(uint ppid, ReadOnlySpan<byte> bytes)
    {
        if (!HasMagic(bytes))
        {
            return new DataMessage { Ppid = ppid, Payload = bytes };
        }

        var flags = BinaryPrimitives.ReadUInt64BigEndian(bytes) & FlagsMask;
        var listLength = sizeof(ushort) * BinaryPrimitives.ReadUInt16BigEndian(bytes[sizeof(ulong)..]);
        var required = FixedLength + listLength;
        var ignored = required + ((flags & RequiredFlag) != 0 ? sizeof(ushort) : 0);
        var payload = ignored + ((flags & IgnoredFlag) != 0 ? sizeof(ushort) : 0);
        if (bytes.Length < payload)
        {
            return new DataMessage { Ppid = ppid, Payload = bytes };
        }

        return new DataMessage
        {
            Ppid = ppid,
            Payload = bytes[payload..],
            Subchannels = SubchannelList.FromBigEndian(bytes.Slice(FixedLength, listLength)),
            RequiredSubchannel = ignored > required ? BinaryPrimitives.ReadUInt16BigEndian(bytes[required..]) : null,
            IgnoredSubchannel = payload > ignored ? BinaryPrimitives.ReadUInt16BigEndian(bytes[ignored..]) : null,
        };
    }

    /// <summary>How many bytes go before the payload; 0 when it goes as it is.</summary>
    /// <param name="message">What is sent.</param>
    /// <param name="kept">The only subchannels that are told; an empty set tells all.</param>
    public static int GetHeaderLength(in DataMessage message, SubchannelSet kept)
    {
        var count = CountKept(message, kept);
        if (count == 0 && message.RequiredSubchannel is null && message.IgnoredSubchannel is null && !HasMagic(message.Payload))
        {
            return 0;
        }

        var numbers = count + (message.RequiredSubchannel is null ? 0 : 1) + (message.IgnoredSubchannel is null ? 0 : 1);
        return FixedLength + (sizeof(ushort) * numbers);
    }

    /// <summary>Writes the header, of the length that <see cref="GetHeaderLength"/> told.</summary>
    public static void WriteHeader(Span<byte> destination, in DataMessage message, SubchannelSet kept)
    {
        var magic = Magic
            | (message.RequiredSubchannel is null ? 0 : RequiredFlag)
            | (message.IgnoredSubchannel is null ? 0 : IgnoredFlag);
        BinaryPrimitives.WriteUInt64BigEndian(destination, magic);
        BinaryPrimitives.WriteUInt16BigEndian(destination[sizeof(ulong)..], (ushort)CountKept(message, kept));
        var at = FixedLength;
        for (var i = 0; i < message.Subchannels.Count; i++)
        {
            if (kept.IsEmpty || kept.Contains(message.Subchannels[i]))
            {
                Write(destination, ref at, message.Subchannels[i]);
            }
        }

        if (message.RequiredSubchannel is { } required)
        {
            Write(destination, ref at, required);
        }

        if (message.IgnoredSubchannel is { } ignored)
        {
            Write(destination, ref at, ignored);
        }
    }

    private static bool HasMagic(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= FixedLength && (BinaryPrimitives.ReadUInt64BigEndian(bytes) & ~FlagsMask) == Magic;

    private static int CountKept(in DataMessage message, SubchannelSet kept) =>
        kept.IsEmpty ? message.Subchannels.Count : message.Subchannels.CountIn(kept);

    private static void Write(Span<byte> destination, ref int at, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination[at..], value);
        at += sizeof(ushort);
    }
}
