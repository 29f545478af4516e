namespace Bisque.Srtp;

/// <summary>
/// One RTP packet to be sent to one receiver: what is this receiver's own (<see cref="Head"/>), what it shares with all others
/// (<see cref="Body"/>), and where the protected packet goes (<see cref="Slot"/>). Head and Body are only read.
/// </summary>
public struct SendJob
{
    /// <summary>Protects the packet; null copies it in clear.</summary>
    public SrtpSession? Session;

    /// <summary>Holds the RTP header and, after it, payload bytes that only this receiver gets.</summary>
    public byte[] Head;

    /// <summary>Where the RTP header begins in <see cref="Head"/>.</summary>
    public int HeadOffset;

    /// <summary>Bytes of <see cref="Head"/>: header and payload prefix.</summary>
    public int HeadLength;

    /// <summary>Bytes of the RTP header with CSRCs and extension: authenticated, not encrypted. At most <see cref="HeadLength"/>.</summary>
    public int HeaderLength;

    /// <summary>Holds the shared rest of the payload; may be null when <see cref="BodyLength"/> is 0.</summary>
    public byte[] Body;

    /// <summary>Where the shared payload begins in <see cref="Body"/>.</summary>
    public int BodyOffset;

    /// <summary>Bytes of shared payload.</summary>
    public int BodyLength;

    /// <summary>Receives the protected packet. Must not overlap <see cref="Head"/> or <see cref="Body"/>.</summary>
    public byte[] Slot;

    /// <summary>Where the packet begins in <see cref="Slot"/>.</summary>
    public int SlotOffset;

    /// <summary>Bytes that may be written from <see cref="SlotOffset"/> on.</summary>
    public int SlotCapacity;

    /// <summary>Output: length of the packet in the slot, or 0 when the job failed (slot too small, not an RTP packet).</summary>
    public int Written;
}
