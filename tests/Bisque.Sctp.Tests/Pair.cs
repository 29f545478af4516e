using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Sctp.Tests;

/// <summary>Two associations over a simulated network in virtual time.</summary>
internal sealed class Pair
{
    private readonly VirtualLink _toZ;
    private readonly VirtualLink _toA;

    public Pair(SctpOptions? a = null, SctpOptions? z = null, ulong seed = 1, Func<ulong, VirtualLink>? link = null)
    {
        A = new(a, seed * 2);
        Z = new(z ?? a, seed * 2 + 1);
        _toZ = link?.Invoke(seed * 2) ?? new(seed * 2);
        _toA = link?.Invoke(seed * 2 + 1) ?? new(seed * 2 + 1);
        A.Transmit = packet => Carry(packet, _toZ, fromA: true);
        Z.Transmit = packet => Carry(packet, _toA, fromA: false);
    }

    public Peer A { get; }

    public Peer Z { get; }

    public MonotonicTime Now { get; private set; } = 1000.Milliseconds();

    /// <summary>Changes or swallows (null) what is sent; the first argument says whether A sent it.</summary>
    public Func<bool, byte[], byte[]?>? OnSent { get; set; }

    /// <summary>All packets sent, in order, with whether A sent them.</summary>
    public List<(bool FromA, byte[] Packet)> Log { get; } = [];

    public bool KeepLog { get; set; }

    /// <summary>Nothing arrives.</summary>
    public bool Outage { get; set; }

    public static Pair Connected(SctpOptions? a = null, SctpOptions? z = null, ulong seed = 1, Func<ulong, VirtualLink>? link = null)
    {
        var pair = new Pair(a, z, seed, link);
        pair.A.Association.Connect(pair.Now);
        pair.Run(600_000, () => pair.A.State == SctpState.Connected && pair.Z.State == SctpState.Connected);
        Assert.Equal((SctpState.Connected, SctpState.Connected), (pair.A.State, pair.Z.State));
        return pair;
    }

    /// <summary>Lets time pass, for so many milliseconds or until something is so.</summary>
    public Pair Run(int milliseconds, Func<bool>? until = null)
    {
        var end = Now + TimeSpan.FromMilliseconds(milliseconds);
        while (until is null || !until())
        {
            var next = MonotonicTime.Min(
                MonotonicTime.Min(_toZ.NextArrival, _toA.NextArrival),
                MonotonicTime.Min(A.Association.NextDeadline, Z.Association.NextDeadline));
            if (next > end)
            {
                Now = end;
                break;
            }

            Now = MonotonicTime.Max(Now, next);
            Deliver(_toZ, Z);
            Deliver(_toA, A);
            A.ExpireAt(Now);
            Z.ExpireAt(Now);
        }

        return this;
    }

    private void Carry(byte[] packet, VirtualLink link, bool fromA)
    {
        if (KeepLog)
        {
            Log.Add((fromA, packet));
        }

        if (!Outage && (OnSent is { } change ? change(fromA, packet) : packet) is { } changed)
        {
            link.Send(changed, Now);
        }
    }

    private void Deliver(VirtualLink link, Peer peer)
    {
        while (link.TryReceive(Now, out var packet))
        {
            peer.Association.Receive(packet, Now);
        }
    }
}
