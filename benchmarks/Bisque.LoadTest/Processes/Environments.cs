using System.Collections;

namespace Bisque.LoadTest.Processes;

/// <summary>The variables that children get: ours, and for a worker the one that mediasoup's controller sets.</summary>
internal static class Environments
{
    public static IReadOnlyList<string> Own { get; } = [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(entry => $"{entry.Key}={entry.Value}")];

    public static IReadOnlyList<string> ForWorker { get; } =
        [.. Own.Where(entry => !entry.StartsWith("MEDIASOUP_VERSION=", StringComparison.Ordinal)), "MEDIASOUP_VERSION=3.27.1"];
}
