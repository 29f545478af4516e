namespace Bisque.Engine.Streams;

/// <summary>Which feedback message asks a sender for a key frame.</summary>
internal enum KeyFrameRequestKind
{
    /// <summary>None was negotiated.</summary>
    None,

    /// <summary>Picture loss indication (RFC 4585 section 6.3.1).</summary>
    Pli,

    /// <summary>Full intra request (RFC 5104 section 4.3.1).</summary>
    Fir,
}
