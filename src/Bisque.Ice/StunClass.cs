namespace Bisque.Ice;

/// <summary>The two class bits of a STUN message type (RFC 8489 section 5).</summary>
public enum StunClass : byte
{
    /// <summary>A request, to be answered.</summary>
    Request = 0,

    /// <summary>An indication, never answered.</summary>
    Indication = 1,

    /// <summary>The answer to a request that succeeded.</summary>
    SuccessResponse = 2,

    /// <summary>The answer to a request that failed.</summary>
    ErrorResponse = 3,
}
