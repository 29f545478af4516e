using System.Text;
using Bisque.Sctp.Packets;
using Bisque.Testing;

namespace Bisque.Sctp.Tests.Packets;

public sealed class Crc32cTests
{
    /// <summary>The vectors of RFC 3720 appendix B.4, which RFC 9260 appendix A is the checksum of, and the usual check value.</summary>
    public static TheoryData<byte[], uint> Vectors() => new()
    {
        { Encoding.ASCII.GetBytes("123456789"), 0xE306_9283 },
        { new byte[32], 0x8A91_36AA },
        { Enumerable.Repeat((byte)0xff, 32).ToArray(), 0x62A8_AB43 },
        { Enumerable.Range(0, 32).Select(i => (byte)i).ToArray(), 0x46DD_794E },
        { Enumerable.Range(0, 32).Select(i => (byte)(31 - i)).ToArray(), 0x113F_DB5C },
        { Convert.FromHexString("01C00000000000000000000000000000140000000000040000000014000000182800000000000000020000000000" + "0000"), 0xD996_3A56 },
        { [], 0 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_checksum_is_that_of_the_vectors(byte[] bytes, uint expected)
    {
        Assert.Equal(expected, Crc32c.Of(bytes));
        Assert.Equal(expected, ~Crc32c.UpdateByTable(uint.MaxValue, bytes));
    }

    [Fact]
    public void The_instruction_and_the_tables_agree_at_every_length_and_alignment()
    {
        var bytes = new byte[2500];
        new SeededRandomSource(1).Fill(bytes);
        for (var start = 0; start < 9; start += 4)
        {
            for (var length = 0; length <= bytes.Length - start; length++)
            {
                var part = bytes.AsSpan(start, length);

                Assert.Equal(Crc32c.UpdateByTable(7, part), Crc32c.Update(7, part));
            }
        }
    }

    [Fact]
    public void A_packets_checksum_leaves_its_own_field_out()
    {
        var packet = new byte[40];
        new SeededRandomSource(2).Fill(packet);
        var zeroed = (byte[])packet.Clone();
        zeroed.AsSpan(8, 4).Clear();

        Assert.Equal(Crc32c.Of(zeroed), Crc32c.OfPacket(packet));
    }
}
