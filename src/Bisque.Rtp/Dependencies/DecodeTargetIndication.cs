namespace Bisque.Rtp;

/// <summary>What a frame is to one decode target (RTP Payload Format For AV1, appendix A.4). The values are those on the wire.</summary>
public enum DecodeTargetIndication : byte
{
    /// <summary>The target does without the frame.</summary>
    NotPresent = 0,

    /// <summary>The target has the frame, and no other frame of the target needs it.</summary>
    Discardable = 1,

    /// <summary>From this frame on the target can be decoded by whoever can decode the frame.</summary>
    Switch = 2,

    /// <summary>The target needs the frame.</summary>
    Required = 3,
}
