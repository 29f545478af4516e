using Bisque.Primitives;

namespace Bisque.LoadTest.Endpoints;

/// <summary>The address that everything here is bound to.</summary>
internal static class Loopback
{
    public const string Ip = "127.0.0.1";

    /// <summary>A port of the system's choice.</summary>
    public static TransportAddress AnyPort => At(Ip, 0);

    public static TransportAddress At(string ip, ushort port) =>
        IpAddress.TryParse(ip, out var address) ? new TransportAddress(address, port) : throw new InvalidOperationException($"{ip} is not an address.");
}
