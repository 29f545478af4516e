using System.Buffers.Binary;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Bisque.Srtp;

namespace Bisque.Benchmarks;

/// <summary>One packet for 16 receivers, each with its own key: what a forwarding turn gives to the SRTP kernels. Times are for one packet.</summary>
[MemoryDiagnoser]
public class SrtpProtectBenchmarks
{
    private const int Receivers = 16;

    private readonly byte[] _payload = SrtpPackets.Bytes(SrtpPackets.PayloadLength);
    private readonly byte[] _slots = new byte[Receivers * SrtpPackets.SlotLength];
    private readonly byte[] _head = new byte[SrtpPackets.HeaderLength];
    private readonly byte[] _nonce = new byte[12];
    private readonly AesGcm[] _framework = new AesGcm[Receivers];
    private readonly SendJob[] _gcm128 = new SendJob[Receivers];
    private readonly SendJob[] _gcm256 = new SendJob[Receivers];
    private readonly SendJob[] _counterMode = new SendJob[Receivers];

    private ushort _sequenceNumber;

    [GlobalSetup]
    public void Setup()
    {
        SrtpPackets.WriteHeader(_head, 1);
        for (var i = 0; i < Receivers; i++)
        {
            _framework[i] = new AesGcm(SrtpPackets.Bytes(16), 16);
        }

        Fill(_gcm128, SrtpProfile.AeadAes128Gcm);
        Fill(_gcm256, SrtpProfile.AeadAes256Gcm);
        Fill(_counterMode, SrtpProfile.AesCm128HmacSha1_80);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Receivers, Description = "framework AesGcm, 128")]
    public void Framework()
    {
        for (var i = 0; i < Receivers; i++)
        {
            var slot = _slots.AsSpan(i * SrtpPackets.SlotLength, SrtpPackets.SlotLength);
            _head.CopyTo(slot);
            var payload = slot.Slice(SrtpPackets.HeaderLength, SrtpPackets.PayloadLength);
            _framework[i].Encrypt(_nonce, _payload, payload, slot.Slice(SrtpPackets.HeaderLength + SrtpPackets.PayloadLength, 16), _head);
        }
    }

    [Benchmark(OperationsPerInvoke = Receivers, Description = "SrtpSession, AEAD_AES_128_GCM")]
    public void Gcm128() => Protect(_gcm128);

    [Benchmark(OperationsPerInvoke = Receivers, Description = "SrtpSession, AEAD_AES_256_GCM")]
    public void Gcm256() => Protect(_gcm256);

    [Benchmark(OperationsPerInvoke = Receivers, Description = "SrtpSession, AES_CM_128_HMAC_SHA1_80")]
    public void CounterMode() => Protect(_counterMode);

    // AEAD sessions refuse a sequence number that they sent.
    private void Protect(SendJob[] jobs)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_head.AsSpan(2), ++_sequenceNumber);
        SrtpSession.Protect(jobs);
    }

    private void Fill(SendJob[] jobs, SrtpProfile profile)
    {
        for (var i = 0; i < Receivers; i++)
        {
            jobs[i] = new SendJob
            {
                Session = new SrtpSession(profile, SrtpPackets.Key(profile), SrtpDirection.Outbound),
                Head = _head,
                HeadLength = _head.Length,
                HeaderLength = _head.Length,
                Body = _payload,
                BodyLength = _payload.Length,
                Slot = _slots,
                SlotOffset = i * SrtpPackets.SlotLength,
                SlotCapacity = SrtpPackets.SlotLength,
            };
        }
    }
}
