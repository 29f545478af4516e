namespace Bisque.Srtp.Packets;

/// <summary>An RTP packet before protection, in up to three parts: header, this receiver's payload prefix, shared payload.</summary>
internal readonly ref struct RtpPlaintext
{
    private RtpPlaintext(RtpHeader fields, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        Fields = fields;
        Head = head;
        Body = body;
    }

    public RtpHeader Fields { get; }

    public ReadOnlySpan<byte> Head { get; }

    public ReadOnlySpan<byte> Body { get; }

    public ReadOnlySpan<byte> Header => Head[..Fields.Length];

    public ReadOnlySpan<byte> Prefix => Head[Fields.Length..];

    public int Length => Head.Length + Body.Length;

    /// <summary>False when a range of the job lies outside its array, or the head does not begin with a header of the stated length.</summary>
    public static bool TryRead(in SendJob job, out RtpPlaintext plaintext, out Span<byte> slot)
    {
        plaintext = default;
        slot = default;
        if (!Fits(job.Head, job.HeadOffset, job.HeadLength) || !Fits(job.Body, job.BodyOffset, job.BodyLength)
            || !Fits(job.Slot, job.SlotOffset, job.SlotCapacity))
        {
            return false;
        }

        var head = new ReadOnlySpan<byte>(job.Head, job.HeadOffset, job.HeadLength);
        if (!RtpHeader.TryParse(head, out var fields) || fields.Length != job.HeaderLength)
        {
            return false;
        }

        plaintext = new RtpPlaintext(fields, head, new ReadOnlySpan<byte>(job.Body, job.BodyOffset, job.BodyLength));
        slot = new Span<byte>(job.Slot, job.SlotOffset, job.SlotCapacity);
        return true;
    }

    public void CopyTo(Span<byte> destination)
    {
        Head.CopyTo(destination);
        Body.CopyTo(destination[Head.Length..]);
    }

    private static bool Fits(byte[]? array, int offset, int length) =>
        array is null ? offset == 0 && length == 0 : (uint)offset <= (uint)array.Length && (uint)length <= (uint)(array.Length - offset);
}
