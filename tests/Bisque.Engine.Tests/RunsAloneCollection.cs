using Bisque.Testing;

namespace Bisque.Engine.Tests;

/// <summary>Tests that measure the memory of the whole process, which others would change meanwhile.</summary>
[CollectionDefinition(RunsAlone.Name, DisableParallelization = true)]
public sealed class RunsAloneCollection;
