using Bisque.Worker.Settings;

namespace Bisque.Worker.Tests;

public sealed class WorkerSettingsTests
{
    [Fact]
    public void Without_arguments_the_defaults_hold()
    {
        var settings = WorkerSettings.Parse([]);

        Assert.Equal("error", settings.LogLevel);
        Assert.Empty(settings.LogTags);
        Assert.Equal(10_000, settings.RtcMinPort);
        Assert.Equal(59_999, settings.RtcMaxPort);
        Assert.Null(settings.DtlsCertificateFile);
        Assert.Null(settings.DtlsPrivateKeyFile);
        Assert.Null(settings.LibwebrtcFieldTrials);
    }

    [Fact]
    public void What_Node_passes_is_read()
    {
        var settings = WorkerSettings.Parse(
        [
            "--logLevel=debug", "--logTag=info", "--logTag=ice", "--rtcMinPort=0", "--rtcMaxPort=9999", "--libwebrtcFieldTrials=WebRTC-X/Enabled/",
        ]);

        Assert.Equal("debug", settings.LogLevel);
        Assert.Equal(["info", "ice"], settings.LogTags);
        Assert.Equal(0, settings.RtcMinPort);
        Assert.Equal(9999, settings.RtcMaxPort);
        Assert.Equal("WebRTC-X/Enabled/", settings.LibwebrtcFieldTrials);
    }

    [Theory]
    [InlineData("--logLevel=WARN")]
    [InlineData("-logLevel=warn")]
    [InlineData("--logL=Warn")]
    [InlineData("-logL=warn")]
    public void Names_may_be_shortened_take_one_dash_or_two_and_levels_any_case(string argument) =>
        Assert.Equal("warn", WorkerSettings.Parse([argument]).LogLevel);

    [Theory]
    [InlineData("--nonsense=1")]
    [InlineData("--loglevel=debug")]
    [InlineData("--log=debug")]
    [InlineData("-l=debug")]
    [InlineData("--=debug")]
    [InlineData("--rtc=1")]
    [InlineData("--logLevelX=debug")]
    [InlineData("--disableLiburing=true")]
    [InlineData("--logLevel")]
    [InlineData("--rtcMinPort")]
    public void An_unknown_an_ambiguous_or_a_bare_option_is_an_error(string argument) =>
        Assert.Throws<SettingsException>(() => WorkerSettings.Parse([argument]));

    [Fact]
    public void A_value_in_a_word_of_its_own_counts_as_missing() =>
        Assert.Throws<SettingsException>(() => WorkerSettings.Parse(["--logLevel", "debug"]));

    [Fact]
    public void Words_that_are_no_options_and_all_after_two_dashes_are_passed_over()
    {
        var settings = WorkerSettings.Parse(["word", "-", "--logLevel=none", "--", "--nonsense"]);

        Assert.Equal("none", settings.LogLevel);
    }

    [Theory]
    [InlineData("")]
    [InlineData("chatty")]
    [InlineData("errors")]
    public void An_unknown_log_level_is_an_error(string level) =>
        Assert.Throws<SettingsException>(() => WorkerSettings.Parse([$"--logLevel={level}"]));

    [Fact]
    public void Unknown_and_repeated_tags_are_left_out() =>
        Assert.Equal(["rtp", "svc"], WorkerSettings.Parse(["--logTags=rtp", "--logTag=bogus", "--logTag=rtp", "--logTag=", "--logTag=svc"]).LogTags);

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    public void A_port_that_is_no_integer_is_an_error(string port) =>
        Assert.Throws<SettingsException>(() => WorkerSettings.Parse([$"--rtcMinPort={port}"]));

    [Fact]
    public void Ports_are_cut_to_16_bits_and_the_last_must_not_be_below_the_first()
    {
        Assert.Equal(1, WorkerSettings.Parse(["--rtcMinPort=65537"]).RtcMinPort);
        Assert.Equal(1000, WorkerSettings.Parse(["--rtcMinPort=1000", "--rtcMaxPort=1000"]).RtcMaxPort);
        Assert.Throws<SettingsException>(() => WorkerSettings.Parse(["--rtcMinPort=1000", "--rtcMaxPort=65536"]));
        Assert.Throws<SettingsException>(() => WorkerSettings.Parse(["--rtcMinPort=1000", "--rtcMaxPort=999"]));
    }

    [Fact]
    public void Certificate_and_key_come_together_and_must_be_readable_files()
    {
        var folder = Directory.CreateTempSubdirectory("bisque-settings-");
        try
        {
            var file = Path.Combine(folder.FullName, "file.pem");
            File.WriteAllText(file, "pem");
            var missing = Path.Combine(folder.FullName, "missing.pem");

            var settings = WorkerSettings.Parse([$"--dtlsCertificateFile={file}", $"--dtlsPrivateKeyFile={file}"]);
            Assert.Equal((file, file), (settings.DtlsCertificateFile, settings.DtlsPrivateKeyFile));

            Assert.Throws<SettingsException>(() => WorkerSettings.Parse([$"--dtlsCertificateFile={file}"]));
            Assert.Throws<SettingsException>(() => WorkerSettings.Parse([$"--dtlsPrivateKeyFile={file}"]));
            foreach (var bad in new[] { missing, folder.FullName, "/dev/null" })
            {
                Assert.Throws<SettingsException>(() => WorkerSettings.Parse([$"--dtlsCertificateFile={bad}", $"--dtlsPrivateKeyFile={file}"]));
                Assert.Throws<SettingsException>(() => WorkerSettings.Parse([$"--dtlsCertificateFile={file}", $"--dtlsPrivateKeyFile={bad}"]));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
