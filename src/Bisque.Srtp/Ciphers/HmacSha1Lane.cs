namespace Bisque.Srtp.Ciphers;

/// <summary>
/// One message to be authenticated: bytes of <see cref="Buffer"/>, then the four bytes of <see cref="Suffix"/> that are not in it.
/// The tag goes to the buffer right after the message.
/// </summary>
internal readonly record struct HmacSha1Lane(HmacSha1 Key, byte[] Buffer, int Offset, int Length, uint Suffix, int TagLength)
{
    public ReadOnlySpan<byte> Message => new(Buffer, Offset, Length);

    public Span<byte> Tag => new(Buffer, Offset + Length, TagLength);
}
