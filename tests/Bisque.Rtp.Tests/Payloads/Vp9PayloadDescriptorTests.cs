namespace Bisque.Rtp.Tests.Payloads;

/// <summary>The VP9 payload descriptor (RFC 9628 section 4.2), cut short and contradictory.</summary>
public sealed class Vp9PayloadDescriptorTests
{
    // I P L F B E, 15 bits of PictureID, layers 1/1, two references.
    private const string Flexible = "fc8123330502";

    // I L B V, 7 bits of PictureID, layers, TL0PICIDX, two spatial layers with sizes, a group of two pictures with three references.
    private const string Structure = "aa01000738014000b402800168020402380102";

    [Theory]
    [InlineData(Flexible)]
    [InlineData(Structure)]
    public void Every_part_that_is_cut_short_is_refused(string whole)
    {
        var bytes = Convert.FromHexString(whole);
        Assert.True(Vp9PayloadDescriptor.TryParse(bytes, out var descriptor));
        Assert.Equal(bytes.Length, descriptor.Length);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(Vp9PayloadDescriptor.TryParse(bytes.AsSpan(0, length), out _), $"{length} bytes");
        }
    }
}
