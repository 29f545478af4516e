namespace Bisque.Ice;

/// <summary>Error codes that connectivity checks are answered with (RFC 8489 section 14.8, RFC 8445 section 7.3.1.1).</summary>
public enum StunErrorCode : ushort
{
    /// <summary>The request lacks something.</summary>
    BadRequest = 400,

    /// <summary>USERNAME or MESSAGE-INTEGRITY are not right.</summary>
    Unauthenticated = 401,

    /// <summary>Both agents believe that they are the controlled one.</summary>
    RoleConflict = 487,
}
