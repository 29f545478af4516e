using System.Xml.Linq;

namespace Bisque.Architecture.Tests;

/// <summary>Holds each project under src/ to what it may reference; the table is the architecture.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Bisque.Primitives"] = [],
        ["Bisque.Model"] = ["Bisque.Primitives"],
        ["Bisque.Rtp"] = ["Bisque.Primitives"],
        ["Bisque.Srtp"] = ["Bisque.Primitives"],
        ["Bisque.Ice"] = ["Bisque.Primitives"],
        ["Bisque.Dtls"] = ["Bisque.Primitives", "BouncyCastle.Cryptography"],
        ["Bisque.Sctp"] = ["Bisque.Primitives"],
        ["Bisque.Congestion"] = ["Bisque.Primitives", "Bisque.Rtp"],
        ["Bisque.Net"] = ["Bisque.Primitives"],
        ["Bisque.Engine"] =
        [
            "Bisque.Primitives", "Bisque.Model", "Bisque.Rtp", "Bisque.Srtp", "Bisque.Ice", "Bisque.Dtls", "Bisque.Sctp", "Bisque.Congestion",
            "Bisque.Net",
        ],
        ["Bisque.Channel"] = ["Bisque.Model", "Bisque.Engine", "Google.FlatBuffers"],
        ["Bisque.Worker"] = ["Bisque.Channel", "Bisque.Engine", "Bisque.Net"],
    };

    public static TheoryData<string> Projects() => new(SourceFolder().Select(path => Path.GetFileName(path)!));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_its_row_allows(string project)
    {
        Assert.True(MayUse.TryGetValue(project, out var allowed), $"{project} has no row in the table.");

        var file = XDocument.Load(Path.Combine(RepositoryRoot(), "src", project, project + ".csproj"));
        var references = file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!))
            .Concat(file.Descendants("PackageReference").Select(r => (string)r.Attribute("Include")!));

        Assert.Empty(references.Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_has_a_test_project_beside_it(string project) =>
        Assert.True(File.Exists(Path.Combine(RepositoryRoot(), "tests", project + ".Tests", project + ".Tests.csproj")));

    [Fact]
    public void Only_the_network_and_the_crypto_kernels_may_be_unsafe()
    {
        string[] offenders =
        [
            .. SourceFiles()
                .Where(file => !file.Contains("/Bisque.Net/", StringComparison.Ordinal) && !file.Contains("/Bisque.Srtp/", StringComparison.Ordinal))
                .Where(file => File.ReadLines(file).Any(line =>
                    line.Contains("unsafe ", StringComparison.Ordinal) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal))),
        ];

        Assert.Empty(offenders);
    }

    [Fact]
    public void Only_the_worker_program_may_end_the_process()
    {
        string[] offenders =
        [
            .. SourceFiles()
                .Where(file => !file.Contains("/Bisque.Worker/", StringComparison.Ordinal))
                .Where(file => File.ReadAllText(file) is var text
                    && (text.Contains("Environment.Exit", StringComparison.Ordinal) || text.Contains("Environment.FailFast", StringComparison.Ordinal))),
        ];

        Assert.Empty(offenders);
    }

    [Theory]
    [InlineData("Bisque.Rtp")]
    [InlineData("Bisque.Srtp")]
    [InlineData("Bisque.Ice")]
    [InlineData("Bisque.Dtls")]
    [InlineData("Bisque.Sctp")]
    [InlineData("Bisque.Congestion")]
    public void A_protocol_takes_time_and_randomness_from_outside(string project)
    {
        string[] forbidden = ["DateTime.UtcNow", "DateTime.Now", "Stopwatch", "Random.Shared", "Environment.TickCount", "Thread.", "Task.Delay", "System.Net.Sockets"];

        Assert.Empty(SourceFiles()
            .Where(file => file.Contains($"/{project}/", StringComparison.Ordinal))
            .SelectMany(file => forbidden.Where(word => File.ReadAllText(file).Contains(word, StringComparison.Ordinal)).Select(word => $"{file}: {word}")));
    }

    private static IEnumerable<string> SourceFolder() => Directory.GetDirectories(Path.Combine(RepositoryRoot(), "src")).Order();

    private static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot(), "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/Generated/", StringComparison.Ordinal));

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Worker.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("Worker.sln is not above the test's folder.");
    }
}
