namespace Bisque.LoadTest.Forwarding;

/// <summary>Scenarios by the names that they have on the command line.</summary>
internal static class Scenarios
{
    private static readonly (string Name, Scenario Scenario, string Description)[] All =
    [
        ("plain", Scenario.Plain, "PlainTransport with SRTP"),
        ("webrtc", Scenario.WebRtc, "WebRtcTransport, a socket each"),
        ("webrtc-server", Scenario.WebRtcServer, "WebRtcTransport, one socket of a WebRtcServer"),
    ];

    public static string[] Names => [.. All.Select(entry => entry.Name)];

    public static Scenario ByName(string name) => All.Single(entry => entry.Name == name).Scenario;

    public static string Describe(Scenario scenario) => All.Single(entry => entry.Scenario == scenario).Description;
}
