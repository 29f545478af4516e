using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Bisque.Primitives;

/// <summary>
/// An IPv4 or IPv6 address as a value, so that comparing and hashing the source of a datagram costs nothing. An IPv4 address
/// mapped into IPv6 (::ffff:a.b.c.d) is read as the IPv4 address. Scope ids are not kept.
/// </summary>
public readonly record struct IpAddress
{
    private static readonly UInt128 MappedPrefix = new(0, 0x0000_ffff_0000_0000);

    private readonly UInt128 _bits;

    private IpAddress(UInt128 bits, bool isIPv4)
    {
        _bits = bits;
        IsIPv4 = isIPv4;
    }

    /// <summary>Whether this is an IPv4 address, also when it arrived mapped into IPv6.</summary>
    public bool IsIPv4 { get; }

    /// <summary>Whether the address means "any interface": 0.0.0.0 or ::.</summary>
    public bool IsUnspecified => _bits == UInt128.Zero;

    /// <summary>Bytes of the address on the wire: 4 or 16.</summary>
    public int Length => IsIPv4 ? 4 : 16;

    /// <summary>The address in <paramref name="bytes"/>, 4 or 16 of them in network byte order.</summary>
    /// <exception cref="ArgumentException">The length is neither 4 nor 16.</exception>
    public static IpAddress FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 4)
        {
            return new IpAddress(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes), isIPv4: true);
        }

        if (bytes.Length != 16)
        {
            throw new ArgumentException("An IP address has 4 or 16 bytes.", nameof(bytes));
        }

        var bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return bits >> 32 == MappedPrefix >> 32 ? new IpAddress((uint)bits, isIPv4: true) : new IpAddress(bits, isIPv4: false);
    }

    /// <summary>The same address as the framework's type.</summary>
    public static IpAddress From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        return FromBytes(bytes[..written]);
    }

    /// <summary>Reads dotted IPv4 (four parts) or IPv6 text. False for anything else, host names included.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out IpAddress address)
    {
        address = default;
        if (text is null || !IPAddress.TryParse(text, out var parsed) || text.Contains('%', StringComparison.Ordinal))
        {
            return false;
        }

        if (parsed.AddressFamily == AddressFamily.InterNetwork && text.AsSpan().Count('.') != 3)
        {
            return false;
        }

        address = From(parsed);
        return true;
    }

    /// <summary>Writes the 4 or 16 bytes in network byte order; returns how many.</summary>
    public int WriteTo(Span<byte> destination)
    {
        if (IsIPv4)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_bits);
            return 4;
        }

        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(destination, _bits);
        return 16;
    }

    /// <summary>The same address as the framework's type.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        return new IPAddress(bytes[..WriteTo(bytes)]);
    }

    /// <inheritdoc/>
    public override string ToString() => ToIPAddress().ToString();
}
