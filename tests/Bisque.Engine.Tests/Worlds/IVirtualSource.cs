namespace Bisque.Engine.Tests.Worlds;

/// <summary>What the worker's loop can wait for in a <see cref="VirtualNetwork"/>.</summary>
internal interface IVirtualSource
{
    bool IsReady { get; }

    bool IsClosed { get; }

    void Dispatch();
}
