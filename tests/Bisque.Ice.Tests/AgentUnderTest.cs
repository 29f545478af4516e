using System.Text;
using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Ice.Tests;

/// <summary>An agent, what it did, and short ways to send it checks from tuples that are told apart by their remote port.</summary>
internal sealed class AgentUnderTest
{
    private static readonly TransportAddress Local = Address("192.0.2.10", 40000);

    public AgentUnderTest(IceLiteAgentOptions? options = null) =>
        Agent = new IceLiteAgent(options ?? new IceLiteAgentOptions(), new SeededRandomSource(7), Events);

    public RecordedEvents Events { get; } = new();

    public IceLiteAgent Agent { get; }

    public MonotonicTime Now { get; set; } = 1000.Milliseconds();

    public int? SelectedPort => Agent.SelectedTuple?.Remote.Port;

    public static TransportAddress Address(string text, ushort port) =>
        IpAddress.TryParse(text, out var address) ? new TransportAddress(address, port) : throw new ArgumentException(text);

    public static IceTuple Tuple(int port) => new(TransportProtocol.Udp, Local, Address("198.51.100.1", (ushort)port));

    /// <summary>A valid check from <paramref name="port"/>; returns the events it caused.</summary>
    public string[] Receive(int port, bool useCandidate = false, uint? nomination = null, IceCredentials? credentials = null) =>
        Receive(port, new Check(credentials ?? Agent.Credentials) { UseCandidate = useCandidate, Nomination = nomination });

    public string[] Receive(int port, Check check)
    {
        Agent.ProcessStun(check.Build(), Tuple(port), Now);
        return Events.Take();
    }

    public string[] RunUntil(MonotonicTime time)
    {
        while (Agent.NextDeadline <= time)
        {
            Now = Agent.NextDeadline;
            Agent.OnDeadline(Now);
        }

        Now = time;
        return Events.Take();
    }

    /// <summary>Code of the last response: 0 for success.</summary>
    public int LastAnswer()
    {
        Assert.True(StunMessage.TryParse(Events.Responses[^1], out var response));
        Assert.True(response.TransactionId.SequenceEqual(Check.TransactionId));
        Assert.True(response.Has(StunAttributeType.Fingerprint));
        if (response.TryGetErrorCode(out var code, out _))
        {
            Assert.Equal(StunClass.ErrorResponse, response.Class);
            Assert.False(response.Has(StunAttributeType.MessageIntegrity));
            return code;
        }

        Assert.Equal(StunClass.SuccessResponse, response.Class);
        return 0;
    }

    public bool LastAnswerWasMadeWith(IceCredentials credentials) =>
        StunMessage.TryParse(Events.Responses[^1], out var response)
        && response.HasValidIntegrity(Encoding.ASCII.GetBytes(credentials.Password));
}
