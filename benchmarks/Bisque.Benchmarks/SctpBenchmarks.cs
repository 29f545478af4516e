using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using Bisque.Primitives;
using Bisque.Sctp;

namespace Bisque.Benchmarks;

/// <summary>
/// A message of 16 KiB through two associations in memory, acknowledgements included, against what no implementation can save: copying the
/// bytes once and computing CRC-32C over them once.
/// </summary>
[MemoryDiagnoser]
public class SctpBenchmarks
{
    private const int MessageLength = 16_384;
    private readonly byte[] _message = new byte[MessageLength];
    private readonly byte[] _copy = new byte[MessageLength];
    private readonly Side _a = new();
    private readonly Side _z = new();
    private long _now = 1;

    /// <summary>Whether packets go without checksum (RFC 9653), as over DTLS.</summary>
    [Params(false, true)]
    public bool ZeroChecksum { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        new SystemRandomSource().Fill(_message);
        var options = new SctpOptions { ZeroChecksum = ZeroChecksum };
        _a.Association = new(options, new SystemRandomSource(), _a);
        _z.Association = new(options, new SystemRandomSource(), _z);
        _a.Association.Connect(new(_now));
        Carry();
        for (var i = 0; i < 1000; i++)
        {
            SendMessage();
        }

        if (_z.Messages != 1000)
        {
            throw new InvalidOperationException($"{_z.Messages} messages of 1000 arrived.");
        }
    }

    [Benchmark(Baseline = true, Description = "copy and CRC-32C")]
    public uint Floor()
    {
        _message.CopyTo(_copy, 0);
        ulong crc = uint.MaxValue;
        for (var i = 0; i < MessageLength; i += sizeof(ulong))
        {
            crc = System.Numerics.BitOperations.Crc32C((uint)crc, BinaryPrimitives.ReadUInt64LittleEndian(_copy.AsSpan(i)));
        }

        return (uint)crc;
    }

    [Benchmark(Description = "a message of 16 KiB")]
    public int SendMessage()
    {
        _now += 1000;
        _a.Association!.Send(1, PayloadProtocolId.WebRtcBinary, _message, default, new(_now));
        Carry();
        return _z.Messages;
    }

    private void Carry()
    {
        while (_a.Count > 0 || _z.Count > 0)
        {
            while (_a.Count > 0)
            {
                _z.Association!.Receive(_a.Take(), new(_now));
            }

            while (_z.Count > 0)
            {
                _a.Association!.Receive(_z.Take(), new(_now));
            }
        }
    }

    /// <summary>One end, and the packets that it sent.</summary>
    private sealed class Side : ISctpEvents
    {
        private const int Slots = 64;
        private readonly byte[][] _slots = [.. Enumerable.Range(0, Slots).Select(_ => new byte[1500])];
        private readonly int[] _lengths = new int[Slots];
        private int _first;

        public SctpAssociation? Association { get; set; }

        public int Count { get; private set; }

        public int Messages { get; private set; }

        public ReadOnlySpan<byte> Take()
        {
            var at = _first;
            _first = (_first + 1) % Slots;
            Count--;
            return _slots[at].AsSpan(0, _lengths[at]);
        }

        public void SendPacket(ReadOnlySpan<byte> packet)
        {
            var at = (_first + Count++) % Slots;
            packet.CopyTo(_slots[at]);
            _lengths[at] = packet.Length;
        }

        public void Message(ushort streamId, PayloadProtocolId ppid, ReadOnlySpan<byte> message) => Messages++;

        public void StateChanged(SctpState state)
        {
        }

        public void Negotiated(in SctpCapabilities capabilities)
        {
        }

        public void Restarted()
        {
        }

        public void BufferedAmountLow(ushort streamId)
        {
        }

        public void TotalBufferedAmountLow()
        {
        }

        public void MessageSettled(ulong lifecycleId, SctpMessageOutcome outcome)
        {
        }

        public void IncomingStreamsReset(ReadOnlySpan<ushort> streamIds)
        {
        }

        public void OutgoingStreamsReset(ReadOnlySpan<ushort> streamIds)
        {
        }

        public void OutgoingStreamsResetFailed(ReadOnlySpan<ushort> streamIds)
        {
        }

        public void Error(SctpErrorKind kind, string description)
        {
        }
    }
}
