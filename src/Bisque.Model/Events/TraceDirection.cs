namespace Bisque.Model;

/// <summary>Which way a traced packet went.</summary>
public enum TraceDirection : byte
{
    /// <summary>Towards the worker.</summary>
    In,

    /// <summary>From the worker.</summary>
    Out,
}
