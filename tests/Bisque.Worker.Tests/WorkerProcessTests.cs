namespace Bisque.Worker.Tests;

public sealed class WorkerProcessTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public void A_signal_to_end_ends_it_well(string signal)
    {
        using var worker = SpawnedWorker.WithChannel();
        worker.WaitUntilSignalsAreHandled();

        worker.Signal(signal);

        Assert.Equal((0, "", ""), WithoutOutput(worker.WaitForExit()));
    }

    [Fact]
    public void Other_signals_are_ignored_until_the_channel_ends()
    {
        using var worker = SpawnedWorker.WithChannel("--logLevel=debug", "--rtcMinPort=40000", "--rtcMaxPort=40100");
        worker.WaitUntilSignalsAreHandled();

        foreach (var signal in new[] { "PIPE", "HUP", "ALRM", "USR1", "USR2" })
        {
            worker.Signal(signal);
        }

        Assert.False(worker.HasExited);
        worker.CloseChannel();
        var (code, _, errors) = worker.WaitForExit();
        Assert.Equal(0, code);
        Assert.Equal("bisque-worker: the controller closed the channel\n", errors);
    }

    [Theory]
    [InlineData("--logLevel=chatty", "chatty")]
    [InlineData("--rtcMinPort=1000 --rtcMaxPort=999", "rtcMaxPort")]
    [InlineData("--dtlsCertificateFile=/notfound/cert.pem --dtlsPrivateKeyFile=/notfound/key.pem", "/notfound/cert.pem")]
    [InlineData("--bogus=1", "--bogus")]
    public void Wrong_settings_end_it_with_42_and_one_line_that_names_them(string arguments, string named)
    {
        using var worker = SpawnedWorker.WithChannel(arguments.Split(' '));

        var (code, _, errors) = worker.WaitForExit();

        Assert.Equal(42, code);
        Assert.Contains(named, Assert.Single(errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_by_hand_it_says_in_one_line_who_starts_it(bool isVersionSet)
    {
        using var worker = SpawnedWorker.ByHand(isVersionSet);

        var (code, _, errors) = worker.WaitForExit();

        Assert.Equal(41, code);
        Assert.Contains("MEDIASOUP_WORKER_BIN", Assert.Single(errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void It_tells_its_version_and_the_one_it_speaks()
    {
        using var worker = SpawnedWorker.ByHand(isVersionSet: false, "--version");

        var (code, output, _) = worker.WaitForExit();

        Assert.Equal(0, code);
        Assert.Matches(@"^bisque-worker \d+\.\d+\.\d+\S* \(speaks mediasoup 3\.27\.1\)\n$", output);
    }

    [Fact]
    public void It_explains_its_options()
    {
        using var worker = SpawnedWorker.ByHand(isVersionSet: false, "--help");

        var (code, output, _) = worker.WaitForExit();

        Assert.Equal(0, code);
        Assert.Contains("--rtcMinPort", output, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Errors) WithoutOutput((int Code, string Output, string Errors) exit) => exit with { Output = "" };
}
