using System.Text;
using BenchmarkDotNet.Attributes;
using Bisque.Ice;
using Bisque.Primitives;

namespace Bisque.Benchmarks;

/// <summary>A consent check of a connected peer: parsed, authenticated, answered (RFC 7675).</summary>
[MemoryDiagnoser]
public class StunBenchmarks : IIceLiteAgentEvents
{
    private readonly IceLiteAgent _agent;
    private IceTuple _tuple;
    private byte[] _request = [];
    private int _answers;

    public StunBenchmarks() => _agent = new IceLiteAgent(new IceLiteAgentOptions(), new SystemRandomSource(), this);

    [GlobalSetup]
    public void Setup()
    {
        var loopback = IpAddress.FromBytes([127, 0, 0, 1]);
        _tuple = new IceTuple(TransportProtocol.Udp, new TransportAddress(loopback, 1), new TransportAddress(loopback, 2));
        var bytes = new byte[256];
        var writer = StunWriter.BindingRequest(bytes, "abcdefghijkl"u8);
        writer.AddUsername(Encoding.UTF8.GetBytes($"{_agent.Credentials.UsernameFragment}:browser"));
        writer.AddPriority(1);
        writer.AddIceControlling(1);
        writer.AddUseCandidate();
        writer.AddMessageIntegrity(Encoding.UTF8.GetBytes(_agent.Credentials.Password));
        writer.AddFingerprint();
        _request = writer.Written.ToArray();
        Consent();
        if (_answers != 1 || _agent.State is IceState.New)
        {
            throw new InvalidOperationException("The check was not accepted.");
        }
    }

    [Benchmark(Description = "answer a consent check")]
    public void Consent() => _agent.ProcessStun(_request, _tuple, new MonotonicTime(1));

    void IIceLiteAgentEvents.SendStun(ReadOnlySpan<byte> packet, in IceTuple tuple) => _answers++;

    void IIceLiteAgentEvents.SelectedTupleChanged(in IceTuple tuple)
    {
    }

    void IIceLiteAgentEvents.StateChanged(IceState state)
    {
    }

    void IIceLiteAgentEvents.TupleRemoved(in IceTuple tuple)
    {
    }

    void IIceLiteAgentEvents.CredentialsConfirmed(IceCredentials dropped)
    {
    }
}
