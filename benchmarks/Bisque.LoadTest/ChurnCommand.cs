using System.CommandLine;
using Bisque.LoadTest.Churn;
using Bisque.LoadTest.Processes;

namespace Bisque.LoadTest;

/// <summary>Looks for what a worker leaves behind when transports come and go.</summary>
internal sealed class ChurnCommand : Command
{
    private readonly Option<string> _worker = new("--worker") { Description = "the worker's executable", Required = true };
    private readonly Option<int> _warmUp = new("--warm-up-cycles") { Description = "cycles before the first look", DefaultValueFactory = _ => 1000 };
    private readonly Option<int> _cycles = new("--cycles") { Description = "cycles between the first look and the second", DefaultValueFactory = _ => 1000 };

    public ChurnCommand()
        : base("churn", "Opens and closes transports, some in traffic and some in a handshake, and fails if the worker keeps anything of them.")
    {
        Options.Add(_worker);
        Options.Add(_warmUp);
        Options.Add(_cycles);
        SetAction((parsed, _) => RunAsync(parsed));
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        try
        {
            var binary = WorkerBinary.Find(parsed.GetValue(_worker)!, 0);
            return await ChurnRun.RunAsync(binary, parsed.GetValue(_warmUp), parsed.GetValue(_cycles)) ? 0 : 1;
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException or TimeoutException or Model.RequestException or System.ComponentModel.Win32Exception)
        {
            Console.Error.WriteLine($"churn: {fault.Message}");
            return 1;
        }
    }
}
