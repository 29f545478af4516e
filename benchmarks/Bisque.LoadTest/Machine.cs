using System.Globalization;
using System.Runtime.InteropServices;

namespace Bisque.LoadTest;

/// <summary>What figures depend on besides the workers.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        var buffer = long.Parse(File.ReadAllText("/proc/sys/net/core/rmem_max"), CultureInfo.InvariantCulture);
        return $"{Environment.ProcessorCount} cores, {model?[(model.IndexOf(':', StringComparison.Ordinal) + 2)..] ?? RuntimeInformation.ProcessArchitecture.ToString()}, "
            + $"{RuntimeInformation.OSDescription}, load {load}, sockets buffer up to {buffer:N0} bytes, generator on {RuntimeInformation.FrameworkDescription}";
    }
}
