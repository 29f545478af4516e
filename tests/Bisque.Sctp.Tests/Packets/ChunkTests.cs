using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Tests.Packets;

public sealed class ChunkTests
{
    private readonly byte[] _room = new byte[256];

    [Fact]
    public void Chunks_are_cut_off_one_by_one_with_their_padding()
    {
        ReadOnlySpan<byte> rest = [1, 2, 0, 5, 9, 0, 0, 0, 7, 0, 0, 4];

        Assert.True(Chunk.TryRead(ref rest, out var first));
        Assert.Equal(ChunkType.Init, first.Type);
        Assert.Equal(2, first.Flags);
        Assert.Equal([9], first.Value.ToArray());
        Assert.True(Chunk.TryRead(ref rest, out var second));
        Assert.Equal(ChunkType.Shutdown, second.Type);
        Assert.True(rest.IsEmpty);
        Assert.False(Chunk.TryRead(ref rest, out _));
    }

    [Fact]
    public void The_last_chunk_may_lack_its_padding()
    {
        ReadOnlySpan<byte> rest = [1, 0, 0, 5, 9];

        Assert.True(Chunk.TryRead(ref rest, out var chunk));
        Assert.Equal(1, chunk.Value.Length);
        Assert.True(rest.IsEmpty);
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 0 })]
    [InlineData(new byte[] { 1, 0, 0, 3 })]
    [InlineData(new byte[] { 1, 0, 0, 5 })]
    [InlineData(new byte[] { 1, 0, 255, 255, 0 })]
    public void A_chunk_whose_length_does_not_fit_is_refused(byte[] bytes)
    {
        ReadOnlySpan<byte> rest = bytes;

        Assert.False(Chunk.TryRead(ref rest, out _));
        Assert.False(Parameter.TryRead(ref rest, out _));
        Assert.False(ErrorCause.TryRead(ref rest, out _));
    }

    [Fact]
    public void Data_is_read_as_it_was_written()
    {
        var length = new DataChunk
        {
            Tsn = new(0x01020304),
            StreamId = 0x0506,
            Ssn = new(0x0708),
            Ppid = PayloadProtocolId.WebRtcBinary,
            IsBeginning = true,
            IsImmediate = true,
            Payload = [1, 2, 3, 4, 5],
        }.Write(_room);

        Assert.Equal("000A0015010203040506070800000035" + "0102030405000000", Convert.ToHexString(_room.AsSpan(0, length)));
        Assert.True(DataChunk.TryParse(Read(length), out var read));
        Assert.False(read.IsInterleaved);
        Assert.Equal(new Tsn(0x01020304), read.Tsn);
        Assert.Equal(0x0506, read.StreamId);
        Assert.Equal(new Ssn(0x0708), read.Ssn);
        Assert.Equal(PayloadProtocolId.WebRtcBinary, read.Ppid);
        Assert.True(read.IsBeginning && read.IsImmediate && !read.IsEnding && !read.IsUnordered);
        Assert.Equal([1, 2, 3, 4, 5], read.Payload.ToArray());
    }

    [Fact]
    public void The_first_fragment_of_i_data_has_the_ppid_and_others_their_number()
    {
        var length = new DataChunk { IsInterleaved = true, Tsn = new(1), StreamId = 2, Mid = new(3), Ppid = new(51), IsBeginning = true, Payload = [9] }.Write(_room);

        Assert.Equal("400200150000000100020000000000030000003309000000", Convert.ToHexString(_room.AsSpan(0, length)));
        Assert.True(DataChunk.TryParse(Read(length), out var first));
        Assert.Equal((new Mid(3), new PayloadProtocolId(51), 0u), (first.Mid, first.Ppid, first.Fsn));

        length = new DataChunk { IsInterleaved = true, Tsn = new(2), StreamId = 2, Mid = new(3), Fsn = 7, IsEnding = true, IsUnordered = true, Payload = [9] }.Write(_room);

        Assert.True(DataChunk.TryParse(Read(length), out var last));
        Assert.Equal((new Mid(3), default(PayloadProtocolId), 7u), (last.Mid, last.Ppid, last.Fsn));
        Assert.True(last.IsEnding && last.IsUnordered && last.IsInterleaved);
    }

    [Fact]
    public void Sack_is_read_as_it_was_written()
    {
        var length = SackChunk.Write(_room, new(100), 5000, [new(2, 3), new(5, 5)], [new(99)]);

        Assert.Equal("0300001C" + "00000064" + "00001388" + "00020001" + "00020003" + "00050005" + "00000063", Convert.ToHexString(_room.AsSpan(0, length)));
        Assert.True(SackChunk.TryParse(Read(length), out var sack));
        Assert.Equal((new Tsn(100), 5000u, 2, 1), (sack.CumulativeTsn, sack.AdvertisedWindow, sack.GapBlockCount, sack.DuplicateCount));
        Assert.Equal(new GapBlock(5, 5), sack.GapBlockAt(1));
        Assert.Equal(new Tsn(99), sack.DuplicateAt(0));
    }

    [Fact]
    public void A_sack_shorter_than_its_counts_is_refused()
    {
        var length = SackChunk.Write(_room, new(100), 5000, [new(2, 3)], []);
        _room[13]++;

        Assert.False(SackChunk.TryParse(Read(length), out _));
    }

    [Fact]
    public void Forward_tsn_is_read_as_it_was_written()
    {
        var length = ForwardTsnChunk.Write(_room, interleaved: false, new(7), [new(1, false, new(2), default), new(3, false, new(4), default)]);

        Assert.Equal("C000001000000007" + "0001000200030004", Convert.ToHexString(_room.AsSpan(0, length)));
        Assert.True(ForwardTsnChunk.TryParse(Read(length), out var forward));
        Assert.Equal((new Tsn(7), 2), (forward.NewCumulativeTsn, forward.Count));
        Assert.Equal(new SkippedStream(3, false, new(4), default), forward.EntryAt(1));
    }

    [Fact]
    public void I_forward_tsn_is_read_as_it_was_written()
    {
        var length = ForwardTsnChunk.Write(_room, interleaved: true, new(7), [new(1, true, default, new(2)), new(3, false, default, new(0x01020304))]);

        Assert.Equal("C200001800000007" + "0001000100000002" + "0003000001020304", Convert.ToHexString(_room.AsSpan(0, length)));
        Assert.True(ForwardTsnChunk.TryParse(Read(length), out var forward));
        Assert.Equal(new SkippedStream(1, true, default, new(2)), forward.EntryAt(0));
        Assert.Equal(new SkippedStream(3, false, default, new(0x01020304)), forward.EntryAt(1));
    }

    [Fact]
    public void A_forward_tsn_with_part_of_an_entry_is_refused()
    {
        ForwardTsnChunk.Write(_room, interleaved: true, new(7), [new(1, true, default, new(2))]);
        Chunk.WriteHeader(_room, ChunkType.IForwardTsn, 0, 14);

        Assert.False(ForwardTsnChunk.TryParse(Read(14), out _));
    }

    [Fact]
    public void Init_is_read_as_it_was_written()
    {
        InitChunk.WriteFixed(_room, ChunkType.InitAck, 20, 0x11223344, 131072, 5, 6, new(77));

        Assert.True(InitChunk.TryParse(Read(20), out var init));
        Assert.Equal((0x11223344u, 131072u, (ushort)5, (ushort)6, new Tsn(77)),
            (init.InitiateTag, init.AdvertisedWindow, init.OutboundStreams, init.MaxInboundStreams, init.InitialTsn));
        Assert.True(init.Parameters.IsEmpty);
        Assert.False(InitChunk.TryParse(Cut(19), out _));
    }

    [Fact]
    public void Heartbeat_and_its_answer_carry_information()
    {
        var length = HeartbeatChunk.Write(_room, ChunkType.Heartbeat, [1, 2, 3]);

        Assert.Equal(HeartbeatChunk.LengthOf(3), length);
        Assert.True(HeartbeatChunk.TryParse(Read(length), out var information));
        Assert.Equal([1, 2, 3], information.ToArray());

        Chunk.WriteHeader(_room, ChunkType.Heartbeat, 0, 4);
        Assert.False(HeartbeatChunk.TryParse(Read(4), out _));
    }

    [Fact]
    public void Shutdown_says_what_has_arrived()
    {
        var length = ShutdownChunk.Write(_room, new(0xfffffffe));

        Assert.True(ShutdownChunk.TryParse(Read(length), out var tsn));
        Assert.Equal(new Tsn(0xfffffffe), tsn);
        Chunk.WriteHeader(_room, ChunkType.Shutdown, 0, 7);
        Assert.False(ShutdownChunk.TryParse(Read(7), out _));
    }

    [Fact]
    public void Error_and_abort_carry_a_cause()
    {
        var length = ErrorCause.WriteChunk(_room, ChunkType.Abort, 1, ErrorCauseCode.ProtocolViolation, [5]);

        Assert.Equal("06010009" + "000D000505000000", Convert.ToHexString(_room.AsSpan(0, length)));
        Assert.Equal(ErrorCause.ChunkLength(1), length);
        var causes = Read(length).Value;
        Assert.True(ErrorCause.TryRead(ref causes, out var cause));
        Assert.Equal(ErrorCauseCode.ProtocolViolation, cause.Code);
        Assert.Equal([5], cause.Information.ToArray());
    }

    [Fact]
    public void An_outgoing_reset_request_is_read_as_it_was_written()
    {
        var length = OutgoingSsnResetRequest.WriteChunk(_room, 1, 2, new(3), [4, 5, 6]);

        Assert.Equal("8200001A" + "000D0016000000010000000200000003" + "0004000500060000", Convert.ToHexString(_room.AsSpan(0, length)));
        var parameters = Read(length).Value;
        Assert.True(Parameter.TryRead(ref parameters, out var parameter));
        Assert.True(OutgoingSsnResetRequest.TryParse(parameter, out var request));
        Assert.Equal((1u, 2u, new Tsn(3), 3), (request.RequestSequence, request.ResponseSequence, request.LastAssignedTsn, request.StreamCount));
        Assert.Equal(6, request.StreamAt(2));
    }

    [Fact]
    public void A_response_is_read_as_it_was_written()
    {
        var length = new ReConfigResponse(9, ReConfigResult.InProgress).WriteParameter(_room);

        Assert.Equal("0010000C0000000900000006", Convert.ToHexString(_room.AsSpan(0, length)));
        ReadOnlySpan<byte> rest = _room.AsSpan(0, length);
        Assert.True(Parameter.TryRead(ref rest, out var parameter));
        Assert.True(ReConfigResponse.TryParse(parameter, out var response));
        Assert.Equal(new ReConfigResponse(9, ReConfigResult.InProgress), response);
    }

    [Fact]
    public void A_packet_has_a_header_and_at_least_one_chunk()
    {
        var bytes = new byte[20];
        Chunk.WriteHeader(bytes.AsSpan(12), ChunkType.CookieAck, 0, 4);
        var packet = bytes.AsSpan(0, 16);
        SctpPacket.WriteHeader(packet, 5000, 5001, 0x01020304);

        Assert.False(SctpPacket.TryParse(packet[..15], out _));
        Assert.True(SctpPacket.TryParse(packet, out var read));
        Assert.Equal((5000, 5001, 0x01020304u, ChunkType.CookieAck), (read.SourcePort, read.DestinationPort, read.VerificationTag, read.FirstChunk));
        Assert.True(read.HasCorrectChecksum() && !read.HasZeroChecksum);

        bytes[14] ^= 1;
        Assert.False(read.HasCorrectChecksum());
    }

    [Theory]
    [InlineData(0x0001, false, false)]
    [InlineData(0x4001, false, true)]
    [InlineData(0x8001, true, false)]
    [InlineData(0xC001, true, true)]
    public void The_high_bits_of_a_parameter_say_what_to_do_when_it_is_unknown(int type, bool goOn, bool report)
    {
        var length = Parameter.Write(_room, (ParameterType)type, [1]);
        ReadOnlySpan<byte> rest = _room.AsSpan(0, length);

        Assert.True(Parameter.TryRead(ref rest, out var parameter));
        Assert.Equal((goOn, report), (parameter.ContinueIfUnknown, parameter.ReportIfUnknown));
    }

    private Chunk Read(int length)
    {
        ReadOnlySpan<byte> rest = _room.AsSpan(0, length);
        Assert.True(Chunk.TryRead(ref rest, out var chunk));
        return chunk;
    }

    private Chunk Cut(int length)
    {
        _room[2] = (byte)(length >> 8);
        _room[3] = (byte)length;
        return Read(length);
    }
}
