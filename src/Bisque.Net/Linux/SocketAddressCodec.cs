using System.Buffers.Binary;
using Bisque.Primitives;

namespace Bisque.Net.Linux;

/// <summary>Transport addresses as the kernel's sockaddr_in and sockaddr_in6.</summary>
internal static class SocketAddressCodec
{
    /// <summary>Room for either form, rounded up for alignment.</summary>
    public const int Size = 32;

    private const int IPv4Length = 16;
    private const int IPv6Length = 28;
    private const int PortOffset = 2;
    private const int IPv4Offset = 4;
    private const int IPv6Offset = 8;

    /// <summary>
    /// Writes <paramref name="address"/> for a socket of <paramref name="family"/>; an IPv4 address is mapped into IPv6 for an IPv6 socket. Returns the
    /// length, or 0 when the address does not fit the family.
    /// </summary>
    public static uint Write(in TransportAddress address, ushort family, Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, family);
        BinaryPrimitives.WriteUInt16BigEndian(destination[PortOffset..], address.Port);
        if (family == LinuxConstants.AfInet)
        {
            if (!address.Address.IsIPv4)
            {
                return 0;
            }

            address.Address.WriteTo(destination[IPv4Offset..]);
            destination[(IPv4Offset + 4)..IPv4Length].Clear();
            return IPv4Length;
        }

        destination[IPv4Offset..IPv6Length].Clear();
        if (address.Address.IsIPv4)
        {
            destination[(IPv6Offset + 10)..(IPv6Offset + 12)].Fill(0xff);
            address.Address.WriteTo(destination[(IPv6Offset + 12)..]);
        }
        else
        {
            address.Address.WriteTo(destination[IPv6Offset..]);
        }

        return IPv6Length;
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, out TransportAddress address)
    {
        address = default;
        if (bytes.Length < IPv4Length)
        {
            return false;
        }

        var family = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        var port = BinaryPrimitives.ReadUInt16BigEndian(bytes[PortOffset..]);
        if (family == LinuxConstants.AfInet)
        {
            address = new TransportAddress(IpAddress.FromBytes(bytes.Slice(IPv4Offset, 4)), port);
            return true;
        }

        if (family != LinuxConstants.AfInet6 || bytes.Length < IPv6Length)
        {
            return false;
        }

        address = new TransportAddress(IpAddress.FromBytes(bytes.Slice(IPv6Offset, 16)), port);
        return true;
    }
}
