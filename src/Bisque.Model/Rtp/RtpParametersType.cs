namespace Bisque.Model;

/// <summary>What kind of streams a producer or consumer has.</summary>
public enum RtpParametersType : byte
{
    /// <summary>One stream.</summary>
    Simple,

    /// <summary>Several streams of the same picture.</summary>
    Simulcast,

    /// <summary>One stream of several layers.</summary>
    Svc,

    /// <summary>All streams of a producer, between routers.</summary>
    Pipe,
}
