using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Requests;

/// <summary>What is logged follows the settings at once.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void A_warning_needs_its_level_and_its_tag()
    {
        using var world = new World();
        Assert.Equal(0, Warnings("error", "rtp"));
        Assert.Equal(0, Warnings("warn", "ice", "srtp"));
        Assert.Equal(1, Warnings("warn", "ice", "rtp"));
        Assert.Equal(1, Warnings("debug", "rtp"));

        // Tags that are given replace those in force, even by none; those that are not given stay.
        Assert.Equal(1, Warnings(null, null));
        Assert.Equal(0, Warnings(null, []));

        int Warnings(string? level, params string[]? tags)
        {
            world.Worker.UpdateSettings(new UpdateSettingsRequest { LogLevel = level, LogTags = tags });
            world.Run(2000);
            world.Events.Logs.Clear();
            var peer = world.ConnectPlain($"transport {world.Now.Milliseconds}");
            peer.SendRtp(new RtpSource().KeyFrame());
            world.Settle();
            return world.Events.Logs.Count(line => line.Level == LogLevel.Warn);
        }
    }

    [Fact]
    public void An_error_needs_no_tag_and_none_silences_it()
    {
        using var world = new World();
        world.Worker.UpdateSettings(new UpdateSettingsRequest { LogLevel = "error", LogTags = [] });
        world.Worker.LogError("Source", "text");
        Assert.Equal([(LogLevel.Error, "Source | text")], world.Events.Logs);

        world.Worker.UpdateSettings(new UpdateSettingsRequest { LogLevel = "none" });
        world.Worker.LogError("Source", "text");
        Assert.Single(world.Events.Logs);
    }

    [Fact]
    public void A_level_that_does_not_exist_is_refused_and_changes_nothing()
    {
        using var world = new World();
        world.Worker.UpdateSettings(new UpdateSettingsRequest { LogLevel = "error" });

        var refusal = Assert.Throws<RequestException>(
            () => world.Worker.UpdateSettings(new UpdateSettingsRequest { LogLevel = "chicken", LogTags = ["rtp"] }));

        Assert.Equal(RequestErrorKind.TypeError, refusal.Kind);
        Assert.Contains("chicken", refusal.Message);
        Assert.Equal(LogSettings.Default, world.Worker.Context.Log.Settings);
    }

    [Fact]
    public void Tags_that_are_not_known_are_left_out()
    {
        using var world = new World();

        world.Worker.UpdateSettings(new UpdateSettingsRequest { LogTags = ["rtp", "unheard-of"] });

        Assert.Equal(LogTags.Rtp, world.Worker.Context.Log.Settings.Tags);
    }
}
