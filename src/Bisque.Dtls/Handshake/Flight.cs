using System.Buffers;
using Bisque.Dtls.Records;

namespace Bisque.Dtls.Handshake;

/// <summary>
/// The messages that one side sends together and, until the other side has answered, again and again (RFC 6347 section 4.2.4). Only the
/// messages are kept: each transmission makes new records of them.
/// </summary>
internal sealed class Flight(RecordLayer records, int mtu, IDtlsEvents events)
{
    /// <summary>A fragment smaller than this is not worth a record of its own at the end of a datagram.</summary>
    private const int SmallestUsefulFragment = 64;

    private readonly List<(ContentType Type, ushort Epoch, HandshakeMessage Message)> _parts = new(6);

    /// <summary>Whether something was added since the last <see cref="Transmit"/>.</summary>
    public bool IsPending { get; private set; }

    /// <summary>Begins a new flight; the one before has been answered.</summary>
    public void Clear() => _parts.Clear();

    public void Add(in HandshakeMessage message, ushort epoch)
    {
        _parts.Add((ContentType.Handshake, epoch, message));
        IsPending = true;
    }

    public void AddChangeCipherSpec() => _parts.Add((ContentType.ChangeCipherSpec, 0, default));

    /// <summary>Sends the whole flight in as few datagrams as the MTU allows.</summary>
    public void Transmit()
    {
        IsPending = false;
        var buffer = ArrayPool<byte>.Shared.Rent(2 * mtu);
        var datagram = buffer.AsSpan(0, mtu);
        var plaintext = buffer.AsSpan(mtu, mtu);
        var used = 0;
        foreach (var (type, epoch, message) in _parts)
        {
            var overhead = records.Overhead(epoch);
            if (type == ContentType.ChangeCipherSpec)
            {
                FlushUnlessRoomFor(overhead + 1, datagram, ref used);
                used += records.Write(type, epoch, [1], datagram[used..]);
                continue;
            }

            var offset = 0;
            do
            {
                var rest = message.Body.Length - offset;
                FlushUnlessRoomFor(overhead + HandshakeFragment.HeaderLength + Math.Min(rest, SmallestUsefulFragment), datagram, ref used);
                var length = Math.Min(rest, mtu - used - overhead - HandshakeFragment.HeaderLength);
                HandshakeFragment.WriteHeader(plaintext, message, offset, length);
                message.Body.AsSpan(offset, length).CopyTo(plaintext[HandshakeFragment.HeaderLength..]);
                used += records.Write(type, epoch, plaintext[..(HandshakeFragment.HeaderLength + length)], datagram[used..]);
                offset += length;
            }
            while (offset < message.Body.Length);
        }

        FlushUnlessRoomFor(mtu, datagram, ref used);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private void FlushUnlessRoomFor(int size, Span<byte> datagram, ref int used)
    {
        if (used > 0 && used + size > datagram.Length)
        {
            events.SendDatagram(datagram[..used]);
            used = 0;
        }
    }
}
