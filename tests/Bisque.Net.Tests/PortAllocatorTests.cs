using Bisque.Primitives;
using Bisque.Testing;
using static Bisque.Net.Tests.LoopTesting;

namespace Bisque.Net.Tests;

public sealed class PortAllocatorTests
{
    private readonly PortAllocator _ports = new(new SeededRandomSource(1));

    [Fact]
    public void Every_port_of_the_range_is_given_out_once_and_then_none_is_left()
    {
        PortLease[] leases = [.. Enumerable.Range(0, 10).Select(_ => Allocate(100, 109))];

        Assert.Equal(Enumerable.Range(100, 10), leases.Select(lease => (int)lease.Port).Order());
        Assert.Equal(NetError.AddressInUse, Assert.Throws<NetException>(() => Allocate(100, 109)).Error);
    }

    [Fact]
    public void The_first_port_is_not_always_the_same()
    {
        Assert.True(Enumerable.Range(0, 20).Select(_ =>
        {
            using var lease = Allocate(1000, 1999);
            return lease.Port;
        }).Distinct().Count() > 10);
    }

    [Fact]
    public void A_returned_port_is_given_out_again()
    {
        var lease = Allocate(100, 100);
        Assert.Throws<NetException>(() => Allocate(100, 100));

        lease.Dispose();
        lease.Dispose();

        using var again = Allocate(100, 100);
        Assert.Equal(100, again.Port);
    }

    [Fact]
    public void Protocol_address_and_range_each_have_a_table_of_their_own()
    {
        using var udp = Allocate(100, 100);
        using var tcp = _ports.Allocate(TransportProtocol.Tcp, Loopback.Address, 100, 100, _ => null);
        using var other = _ports.Allocate(TransportProtocol.Udp, LoopbackIPv6.Address, 100, 100, _ => null);
        using var wider = Allocate(100, 101);

        Assert.Throws<NetException>(() => Allocate(100, 100));
    }

    [Fact]
    public void A_port_that_someone_else_holds_leads_to_the_next_one()
    {
        var tried = new List<ushort>();

        using var lease = _ports.Allocate(TransportProtocol.Udp, Loopback.Address, 100, 109, port =>
        {
            tried.Add(port);
            return tried.Count < 5 ? NetError.AddressInUse : null;
        });

        Assert.Equal(5, tried.Distinct().Count());
        Assert.All(tried.Zip(tried.Skip(1)), pair => Assert.Equal((pair.First - 100 + 1) % 10, pair.Second - 100));
        Assert.Equal(tried[^1], lease.Port);
    }

    [Theory]
    [InlineData(NetError.AddressNotAvailable)]
    [InlineData(NetError.TooManyDescriptors)]
    [InlineData(NetError.Other)]
    public void Any_other_error_ends_the_search(NetError error)
    {
        var tried = 0;

        var failure = Assert.Throws<NetException>(() => _ports.Allocate(TransportProtocol.Udp, Loopback.Address, 100, 109, _ =>
        {
            tried++;
            return error;
        }));

        Assert.Equal(error, failure.Error);
        Assert.Equal(1, tried);
        Assert.Equal(10, Enumerable.Range(0, 10).Select(_ => Allocate(100, 109).Port).Distinct().Count());
    }

    [Fact]
    public void When_all_ports_are_held_by_others_each_is_tried_once()
    {
        var tried = new List<ushort>();

        Assert.Throws<NetException>(() => _ports.Allocate(TransportProtocol.Udp, Loopback.Address, 0, ushort.MaxValue, port =>
        {
            tried.Add(port);
            return NetError.AddressInUse;
        }));

        Assert.Equal(65_536, tried.Distinct().Count());
        Assert.Equal(65_536, tried.Count);
    }

    [Fact]
    public void An_empty_range_is_an_argument_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Allocate(101, 100));

    [Fact]
    public void A_socket_gives_its_port_back_when_it_closes()
    {
        using var loop = NewLoop(NetBackend.Automatic);
        using var probe = loop.OpenUdp(Loopback, UdpSocketOptions.Default, new DatagramRecorder());
        var free = probe.Local.Port;
        probe.Dispose();

        var socket = Open(loop, free);
        Assert.Equal(free, socket.Local.Port);
        Assert.Throws<NetException>(() => Open(loop, free));
        socket.Dispose();

        Open(loop, free).Dispose();
    }

    private UdpSocket Open(EventLoop loop, ushort port) =>
        _ports.OpenUdp(loop, Loopback.Address, port, port, UdpSocketOptions.Default, new DatagramRecorder());

    private PortLease Allocate(ushort minimum, ushort maximum) =>
        _ports.Allocate(TransportProtocol.Udp, Loopback.Address, minimum, maximum, _ => null);
}
