using System.Text.Json;

namespace Bisque.DtlsPeer;

/// <summary>Writes events to standard output, a JSON object a line.</summary>
internal sealed class EventLog : IDisposable
{
    private readonly Stream _output = Console.OpenStandardOutput();

    public void Write(string name, params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        var line = new Dictionary<string, object?> { ["event"] = name };
        foreach (var (field, value) in fields)
        {
            line[field] = value;
        }

        _output.Write([.. JsonSerializer.SerializeToUtf8Bytes(line), (byte)'\n']);
        _output.Flush();
    }

    public void Dispose() => _output.Dispose();
}
