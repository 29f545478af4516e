using System.Globalization;

namespace Bisque.LoadTest.Forwarding;

/// <summary>The kernel's count of datagrams that found a receive buffer full, anywhere on this machine.</summary>
internal static class UdpErrors
{
    public static long ReceiveBufferErrors()
    {
        var lines = File.ReadLines("/proc/net/snmp").Where(line => line.StartsWith("Udp:", StringComparison.Ordinal)).Take(2).ToArray();
        var column = Array.IndexOf(lines[0].Split(' '), "RcvbufErrors");
        return long.Parse(lines[1].Split(' ')[column], CultureInfo.InvariantCulture);
    }
}
