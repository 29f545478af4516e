namespace Bisque.Testing;

/// <summary>
/// The name of the test collection whose tests run when no other test does: those that look at the memory of the whole process.
/// Each test assembly that uses it declares it (xunit looks for definitions in the assembly of the tests).
/// </summary>
public static class RunsAlone
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Runs alone";
}
