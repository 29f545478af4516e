using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Dtls.Tests;

/// <summary>An endpoint that remembers what it said.</summary>
internal sealed class Peer : IDtlsEvents
{
    public Peer(DtlsRole role, DtlsCertificate certificate, ulong seed = 1, Func<DtlsOptions, DtlsOptions>? change = null)
    {
        Certificate = certificate;
        var options = new DtlsOptions { Role = role, Certificate = certificate, Random = new SeededRandomSource(seed * 2 + (ulong)role) };
        Endpoint = new(change is null ? options : change(options), this);
    }

    public DtlsEndpoint Endpoint { get; }

    public DtlsCertificate Certificate { get; }

    public List<DtlsState> States { get; } = [];

    /// <summary>Datagrams sent, unless <see cref="Transmit"/> takes them.</summary>
    public List<byte[]> Sent { get; } = [];

    public List<byte[]> Received { get; } = [];

    public DtlsSrtpKeys? Keys { get; private set; }

    public Action<byte[]>? Transmit { get; set; }

    /// <summary>Drop what is sent and received instead of copying it.</summary>
    public bool Discard { get; set; }

    public int LargestSent { get; private set; }

    public DtlsState State => Endpoint.State;

    public DtlsFingerprint Fingerprint => Certificate.Fingerprints[(int)FingerprintAlgorithm.Sha256];

    public void SendDatagram(ReadOnlySpan<byte> datagram)
    {
        LargestSent = Math.Max(LargestSent, datagram.Length);
        if (Discard)
        {
            return;
        }

        if (Transmit is null)
        {
            Sent.Add(datagram.ToArray());
        }
        else
        {
            Transmit(datagram.ToArray());
        }
    }

    public long BytesReceived { get; private set; }

    public void ApplicationData(ReadOnlySpan<byte> data)
    {
        BytesReceived += data.Length;
        if (!Discard)
        {
            Received.Add(data.ToArray());
        }
    }

    public void StateChanged(DtlsState state) => States.Add(state);

    public void SrtpKeysAvailable(DtlsSrtpKeys keys)
    {
        Assert.Null(Keys);
        Assert.Equal(DtlsState.Connecting, State);
        Keys = keys;
    }

    /// <summary>Takes what was sent since the last time.</summary>
    public byte[][] TakeSent()
    {
        byte[][] sent = [.. Sent];
        Sent.Clear();
        return sent;
    }

    public void ExpireAt(MonotonicTime now)
    {
        if (Endpoint.NextDeadline <= now)
        {
            Endpoint.OnDeadline(now);
        }
    }

    public void Receive(IEnumerable<byte[]> datagrams, int milliseconds = 0)
    {
        foreach (var datagram in datagrams)
        {
            Endpoint.Receive(datagram, milliseconds.Milliseconds());
        }
    }
}
