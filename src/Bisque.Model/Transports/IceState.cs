namespace Bisque.Model;

/// <summary>The type of an ICE candidate (RFC 8445 section 4).</summary>
public enum IceCandidateType : byte
{
    /// <summary>An address of the worker itself.</summary>
    Host,
}

/// <summary>Which side opens a TCP candidate's connection (RFC 6544).</summary>
public enum IceCandidateTcpType : byte
{
    /// <summary>The other side.</summary>
    Passive,
}

/// <summary>The role of an ICE agent (RFC 8445 section 6.1.1).</summary>
public enum IceRole : byte
{
    /// <summary>The other side nominates.</summary>
    Controlled,

    /// <summary>This side nominates.</summary>
    Controlling,
}

/// <summary>The state of ICE.</summary>
public enum IceState : byte
{
    /// <summary>No binding request came yet.</summary>
    New,

    /// <summary>A binding request came.</summary>
    Connected,

    /// <summary>The other side nominated a pair.</summary>
    Completed,

    /// <summary>Consent ran out (RFC 7675).</summary>
    Disconnected,
}
