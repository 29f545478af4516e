using Bisque.Testing;

namespace Bisque.Srtp.Tests;

/// <summary>A sender and a receiver that share key material, and short ways to pass packets between them.</summary>
internal sealed class Peers : IDisposable
{
    public static readonly SrtpProfile[] AllProfiles =
    [
        SrtpProfile.AesCm128HmacSha1_80, SrtpProfile.AesCm128HmacSha1_32, SrtpProfile.AeadAes128Gcm, SrtpProfile.AeadAes256Gcm,
    ];

    public Peers(SrtpProfile profile, ulong seed = 1)
    {
        Profile = profile;
        var key = Key(profile, seed);
        Sender = new SrtpSession(profile, key, SrtpDirection.Outbound);
        Receiver = new SrtpSession(profile, key, SrtpDirection.Inbound);
    }

    public SrtpProfile Profile { get; }

    public SrtpSession Sender { get; }

    public SrtpSession Receiver { get; }

    public static TheoryData<SrtpProfile> EachProfile() => new(AllProfiles);

    public static byte[] Key(SrtpProfile profile, ulong seed)
    {
        var key = new byte[profile.KeyMaterialLength()];
        new SeededRandomSource(seed).Fill(key);
        return key;
    }

    public byte[] Protect(byte[] rtp) => Protect(Sender, rtp)!;

    /// <summary>The protected packet, or null when the job failed.</summary>
    public static byte[]? Protect(SrtpSession? session, byte[] rtp, int sharedFrom = -1)
    {
        SendJob[] jobs = [Packets.Job(session, rtp, sharedFrom)];
        SrtpSession.Protect(jobs);
        return jobs[0].Written == 0 ? null : jobs[0].Slot.AsSpan(jobs[0].SlotOffset, jobs[0].Written).ToArray();
    }

    public byte[] ProtectRtcp(byte[] rtcp)
    {
        var destination = new byte[rtcp.Length + Profile.RtcpOverhead()];
        Assert.True(Sender.TryProtectRtcp(rtcp, destination, out var length));
        Assert.Equal(destination.Length, length);
        return destination;
    }

    /// <summary>Opens a copy; returns the RTP packet, empty unless the status is Ok.</summary>
    public (SrtpStatus Status, byte[] Packet) Open(byte[] packet) => Open(Receiver, packet);

    public static (SrtpStatus Status, byte[] Packet) Open(SrtpSession session, byte[] packet)
    {
        byte[] copy = [.. packet];
        var status = session.UnprotectRtp(copy, out var length);
        return (status, copy[..length]);
    }

    public (SrtpStatus Status, byte[] Packet) OpenRtcp(byte[] packet) => OpenRtcp(Receiver, packet);

    public static (SrtpStatus Status, byte[] Packet) OpenRtcp(SrtpSession session, byte[] packet)
    {
        byte[] copy = [.. packet];
        var status = session.UnprotectRtcp(copy, out var length);
        return (status, copy[..length]);
    }

    public void Dispose()
    {
        Sender.Dispose();
        Receiver.Dispose();
    }
}
