using System.Text;
using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Ice.Tests;

/// <summary>How requests are judged and answered (RFC 8445 section 7.3).</summary>
public sealed class RequestCheckTests
{
    private readonly AgentUnderTest _test = new();

    private Check Good => new(_test.Agent.Credentials);

    [Fact]
    public void A_valid_request_is_answered_with_the_address_it_came_from()
    {
        _test.Receive(5000);

        Assert.Equal(0, _test.LastAnswer());
        Assert.True(_test.LastAnswerWasMadeWith(_test.Agent.Credentials));
        Assert.True(StunMessage.TryParse(_test.Events.Responses[^1], out var response));
        Assert.True(response.TryGetXorMappedAddress(out var mapped));
        Assert.Equal(AgentUnderTest.Tuple(5000).Remote, mapped);
        Assert.Equal(AgentUnderTest.Tuple(5000), _test.Events.LastResponseTuple);
    }

    [Fact]
    public void A_request_over_IPv6_is_answered_with_an_IPv6_address()
    {
        var tuple = new IceTuple(
            TransportProtocol.Tcp, AgentUnderTest.Address("2001:db8::1", 443), AgentUnderTest.Address("2001:db8::2", 6000));

        _test.Agent.ProcessStun(Good.Build(), tuple, _test.Now);

        Assert.True(StunMessage.TryParse(_test.Events.Responses[^1], out var response));
        Assert.True(response.TryGetXorMappedAddress(out var mapped));
        Assert.Equal(tuple.Remote, mapped);
        Assert.Equal(tuple, _test.Agent.SelectedTuple);
    }

    [Fact]
    public void Another_method_is_a_bad_request() => Refuses(400, Good with { Method = 3 });

    [Fact]
    public void A_request_without_FINGERPRINT_is_a_bad_request() => Refuses(400, Good with { Fingerprint = false });

    [Fact]
    public void A_request_without_PRIORITY_is_a_bad_request() => Refuses(400, Good with { Priority = false });

    [Fact]
    public void A_request_without_USERNAME_is_a_bad_request() => Refuses(400, Good with { Username = false });

    [Fact]
    public void A_request_without_MESSAGE_INTEGRITY_is_a_bad_request() => Refuses(400, Good with { Integrity = false });

    [Fact]
    public void A_username_of_another_agent_is_unauthenticated() =>
        Refuses(401, Good with { Credentials = _test.Agent.Credentials with { UsernameFragment = "other" } });

    [Fact]
    public void A_username_that_only_begins_like_ours_is_unauthenticated() => Refuses(
        401, Good with { Credentials = _test.Agent.Credentials with { UsernameFragment = _test.Agent.Credentials.UsernameFragment + "x" } });

    [Fact]
    public void Another_password_is_unauthenticated() =>
        Refuses(401, Good with { Credentials = _test.Agent.Credentials with { Password = "other" } });

    [Fact]
    public void Missing_credentials_come_before_a_role_conflict() => Refuses(400, Good with { Controlled = 1, Integrity = false });

    [Fact]
    public void A_controlled_peer_is_in_conflict() => Refuses(487, Good with { Controlled = 1 });

    [Fact]
    public void A_controlled_peer_with_a_tie_breaker_of_zero_is_let_in()
    {
        _test.Receive(5000, Good with { Controlled = 0 });

        Assert.Equal(0, _test.LastAnswer());
    }

    [Fact]
    public void A_refusal_is_never_longer_than_the_request()
    {
        for (var length = StunMessage.HeaderLength; length <= 100; length += 4)
        {
            foreach (var hasFingerprint in new[] { false, true })
            {
                var writer = new StunWriter(new byte[256], StunClass.Request, StunMessage.BindingMethod, Check.TransactionId);
                var padding = length - StunMessage.HeaderLength - (hasFingerprint ? 8 : 0);
                if (padding >= StunMessage.AttributeHeaderLength)
                {
                    writer.AddAttribute((StunAttributeType)0x8fff, new byte[padding - StunMessage.AttributeHeaderLength]);
                }

                if (hasFingerprint)
                {
                    writer.AddFingerprint();
                }

                var request = writer.Written.ToArray();
                var before = _test.Events.Responses.Count;
                _test.Agent.ProcessStun(request, AgentUnderTest.Tuple(5000), _test.Now);

                Assert.All(_test.Events.Responses.Skip(before), response => Assert.InRange(response.Length, 0, request.Length));
            }
        }

        // A bare header gets nothing, one with room for a code is refused.
        Assert.InRange(_test.Events.Responses.Min(response => response.Length), 36, 40);
    }

    [Theory]
    [InlineData(StunClass.Indication)]
    [InlineData(StunClass.SuccessResponse)]
    [InlineData(StunClass.ErrorResponse)]
    public void What_is_no_request_is_ignored(StunClass messageClass)
    {
        Assert.Empty(_test.Receive(5000, Good with { Class = messageClass }));
        Assert.Empty(_test.Events.Responses);
    }

    [Fact]
    public void Credentials_are_32_small_letters_and_digits()
    {
        var (fragment, password) = _test.Agent.Credentials;

        Assert.Matches("^[0-9a-z]{32}$", fragment);
        Assert.Matches("^[0-9a-z]{32}$", password);
        Assert.NotEqual(fragment, password);
    }

    [Fact]
    public void Mutated_requests_change_nothing_unless_their_integrity_is_right()
    {
        byte[][] corpus =
        [
            Good.Build(), (Good with { UseCandidate = true }).Build(), (Good with { Nomination = 9 }).Build(),
            (Good with { Credentials = _test.Agent.Credentials with { Password = "wrong" } }).Build(), (Good with { Controlled = 2 }).Build(),
        ];
        var key = Encoding.ASCII.GetBytes(_test.Agent.Credentials.Password);
        var mutator = new Mutator(2);
        for (var i = 0; i < 100_000; i++)
        {
            var bytes = Repair(mutator.Next(corpus), i);
            var authentic = StunMessage.TryParse(bytes, out var message) && message.HasValidIntegrity(key);
            var before = (_test.Agent.State, _test.Agent.SelectedTuple, _test.Agent.TupleCount, _test.Agent.NextDeadline);
            _test.Now += TimeSpan.FromMilliseconds(1);
            _test.Events.Responses.Clear();

            _test.Agent.ProcessStun(bytes, AgentUnderTest.Tuple(i % 50000 + 1), _test.Now);

            Assert.True(_test.Events.Responses.Count <= 1);
            Assert.True(_test.Agent.TupleCount <= IceLiteAgent.MaximumTuples);
            if (!authentic)
            {
                Assert.Empty(_test.Events.Take());
                Assert.Equal(before, (_test.Agent.State, _test.Agent.SelectedTuple, _test.Agent.TupleCount, _test.Agent.NextDeadline));
            }

            _test.Events.Log.Clear();
        }
    }

    [Fact]
    public void Answering_a_check_allocates_nothing()
    {
        var agent = new IceLiteAgent(new IceLiteAgentOptions(), new SeededRandomSource(1), new SilentEvents());
        var check = (new Check(agent.Credentials) { UseCandidate = true }).Build();
        var tuple = AgentUnderTest.Tuple(5000);
        var now = 1.Milliseconds();

        Assert.Equal(0, AllocationAssert.BytesAllocated(() => agent.ProcessStun(check, tuple, now)));
        Assert.Equal(IceState.Completed, agent.State);
    }

    /// <summary>Gives most of the damaged messages a fitting length and FINGERPRINT, so that they get as far as the credentials.</summary>
    private static byte[] Repair(byte[] bytes, int round)
    {
        const int Trailer = StunWriter.FingerprintLength;
        if (round % 4 == 0 || bytes.Length < StunMessage.HeaderLength + Trailer)
        {
            return bytes;
        }

        bytes = bytes[..(bytes.Length & ~3)];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)(bytes.Length - StunMessage.HeaderLength));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(bytes.Length - Trailer), 0x8028_0004);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(
            bytes.AsSpan(bytes.Length - 4), Stun.Crc32.Compute(bytes.AsSpan(0, bytes.Length - Trailer)) ^ 0x5354_554E);
        return bytes;
    }

    private void Refuses(int code, Check check)
    {
        Assert.Empty(_test.Receive(5000, check));

        Assert.Equal(code, _test.LastAnswer());
        Assert.Equal(IceState.New, _test.Agent.State);
        Assert.False(_test.Agent.IsValidTuple(AgentUnderTest.Tuple(5000)));
        Assert.Equal(MonotonicTime.Never, _test.Agent.NextDeadline);
    }

    private sealed class SilentEvents : IIceLiteAgentEvents
    {
        public void SendStun(ReadOnlySpan<byte> packet, in IceTuple tuple)
        {
        }

        public void SelectedTupleChanged(in IceTuple tuple)
        {
        }

        public void StateChanged(IceState state)
        {
        }

        public void TupleRemoved(in IceTuple tuple)
        {
        }

        public void CredentialsConfirmed(IceCredentials dropped)
        {
        }
    }
}
