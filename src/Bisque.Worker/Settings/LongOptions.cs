namespace Bisque.Worker.Settings;

/// <summary>
/// Matches arguments with option names as GNU getopt_long_only does for options with optional values: one or two dashes, names
/// shortened as long as they are unambiguous, values only after an equals sign.
/// </summary>
internal static class LongOptions
{
    /// <summary>The options of <paramref name="arguments"/> in order, under their full names. Words that are no options are passed over.</summary>
    /// <exception cref="SettingsException">A name is unknown or ambiguous, or a value is missing.</exception>
    public static IEnumerable<(string Name, string Value)> Match(IEnumerable<string> arguments, IReadOnlyCollection<string> names)
    {
        foreach (var argument in arguments)
        {
            if (argument == "--")
            {
                yield break;
            }

            if (argument.Length < 2 || argument[0] != '-')
            {
                continue;
            }

            var text = argument[(argument[1] == '-' ? 2 : 1)..];
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var name = FullName(equals < 0 ? text : text[..equals], names);
            yield return equals < 0
                ? throw new SettingsException($"option --{name} needs a value: --{name}=VALUE")
                : (name, text[(equals + 1)..]);
        }
    }

    private static string FullName(string given, IReadOnlyCollection<string> names)
    {
        if (names.Contains(given))
        {
            return given;
        }

        string[] candidates = [.. names.Where(name => name.StartsWith(given, StringComparison.Ordinal))];
        return candidates.Length switch
        {
            1 => candidates[0],
            0 => throw new SettingsException($"unknown option --{given}"),
            _ => throw new SettingsException($"option --{given} may mean --{string.Join(" or --", candidates)}"),
        };
    }
}
