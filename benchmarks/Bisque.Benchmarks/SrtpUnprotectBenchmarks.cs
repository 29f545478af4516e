using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Bisque.Srtp;

namespace Bisque.Benchmarks;

/// <summary>
/// Opening what one sender sent. A session takes each packet once, so that a fresh one opens a run of packets; making it and copying the
/// packets is in the times, which are for one packet.
/// </summary>
[MemoryDiagnoser]
public class SrtpUnprotectBenchmarks
{
    private const int Packets = 1024;
    private const int TagLength = 16;

    private readonly byte[] _work = new byte[SrtpPackets.SlotLength];
    private readonly byte[] _nonce = new byte[12];
    private readonly AesGcm _framework = new(SrtpPackets.Bytes(16), TagLength);
    private byte[] _frameworkPacket = [];
    private Stream _gcm128;
    private Stream _counterMode;

    [GlobalSetup]
    public void Setup()
    {
        _gcm128 = Stream.Make(SrtpProfile.AeadAes128Gcm);
        _counterMode = Stream.Make(SrtpProfile.AesCm128HmacSha1_80);
        _frameworkPacket = SrtpPackets.Bytes(SrtpPackets.HeaderLength + SrtpPackets.PayloadLength + TagLength);
        var payload = _frameworkPacket.AsSpan(SrtpPackets.HeaderLength, SrtpPackets.PayloadLength);
        _framework.Encrypt(_nonce, payload, payload, _frameworkPacket.AsSpan(^TagLength..), _frameworkPacket.AsSpan(0, SrtpPackets.HeaderLength));
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Packets, Description = "framework AesGcm, 128")]
    public void Framework()
    {
        for (var i = 0; i < Packets; i++)
        {
            _frameworkPacket.CopyTo(_work, 0);
            var packet = _work.AsSpan(0, _frameworkPacket.Length);
            var payload = packet[SrtpPackets.HeaderLength..^TagLength];
            _framework.Decrypt(_nonce, payload, packet[^TagLength..], payload, packet[..SrtpPackets.HeaderLength]);
        }
    }

    [Benchmark(OperationsPerInvoke = Packets, Description = "SrtpSession, AEAD_AES_128_GCM")]
    public int Gcm128() => _gcm128.OpenAll(_work);

    [Benchmark(OperationsPerInvoke = Packets, Description = "SrtpSession, AES_CM_128_HMAC_SHA1_80")]
    public int CounterMode() => _counterMode.OpenAll(_work);

    private readonly record struct Stream(SrtpProfile Profile, byte[] Key, byte[][] Protected)
    {
        public static Stream Make(SrtpProfile profile)
        {
            var key = SrtpPackets.Key(profile);
            using var session = new SrtpSession(profile, key, SrtpDirection.Outbound);
            var packets = new byte[Packets][];
            var head = new byte[SrtpPackets.HeaderLength];
            var payload = SrtpPackets.Bytes(SrtpPackets.PayloadLength);
            for (var i = 0; i < Packets; i++)
            {
                SrtpPackets.WriteHeader(head, i);
                packets[i] = new byte[head.Length + payload.Length + profile.RtpOverhead()];
                SendJob[] jobs =
                [
                    new SendJob
                    {
                        Session = session,
                        Head = head,
                        HeadLength = head.Length,
                        HeaderLength = head.Length,
                        Body = payload,
                        BodyLength = payload.Length,
                        Slot = packets[i],
                        SlotCapacity = packets[i].Length,
                    },
                ];
                SrtpSession.Protect(jobs);
            }

            return new Stream(profile, key, packets);
        }

        public int OpenAll(byte[] work)
        {
            using var session = new SrtpSession(Profile, Key, SrtpDirection.Inbound);
            var total = 0;
            foreach (var packet in Protected)
            {
                packet.CopyTo(work, 0);
                if (session.UnprotectRtp(work.AsSpan(0, packet.Length), out var length) != SrtpStatus.Ok)
                {
                    throw new InvalidOperationException("A packet could not be opened.");
                }

                total += length;
            }

            return total;
        }
    }
}
