namespace Bisque.Worker;

/// <summary>What the worker's exit tells its controller; the numbers are mediasoup's.</summary>
internal static class ExitCode
{
    /// <summary>Closed as asked: by the controller, a signal, or the end of the channel.</summary>
    public const int Closed = 0;

    /// <summary>Not started by a controller: the environment or the channel descriptors are missing.</summary>
    public const int NoController = 41;

    /// <summary>Wrong arguments; the controller makes a TypeError of it.</summary>
    public const int WrongSettings = 42;
}
