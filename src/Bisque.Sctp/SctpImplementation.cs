namespace Bisque.Sctp;

/// <summary>Which library the peer uses, guessed from the cookie that it made. For information only.</summary>
public enum SctpImplementation
{
    /// <summary>Not told, or not known.</summary>
    Unknown,

    /// <summary>This one.</summary>
    Bisque,

    /// <summary>The C++ mediasoup worker.</summary>
    Mediasoup,

    /// <summary>Chromium and others with libwebrtc.</summary>
    DcSctp,

    /// <summary>Firefox and others with the BSD user-land stack.</summary>
    UsrSctp,
}
