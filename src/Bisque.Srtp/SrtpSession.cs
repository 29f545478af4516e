using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Bisque.Primitives;
using Bisque.Srtp.Ciphers;
using Bisque.Srtp.Packets;
using Bisque.Srtp.Streams;
using Bisque.Srtp.Transforms;

namespace Bisque.Srtp;

/// <summary>
/// One direction of one transport's SRTP and SRTCP (RFC 3711, RFC 7714): a master key, the session keys derived from it, and the
/// state of every SSRC under it. Not thread-safe; nothing is allocated per packet once an SSRC is known.
/// </summary>
public sealed class SrtpSession : IDisposable
{
    /// <summary>
    /// Inbound SSRCs whose state is kept; past it the one unused for longest is forgotten. Far above what a transport carries, and
    /// less than 2 MiB for a peer that, holding the key, invents as many as it can.
    /// </summary>
    public const int MaxInboundStreams = 4096;

    private const ulong MaxRtpIndex = (1UL << 48) - 1;
    private const uint MaxRtcpIndex = (1U << 31) - 1;

    private readonly SrtpTransform _transform;
    private readonly InboundStreams _inbound = new(MaxInboundStreams);

    // The application decides which SSRCs it sends, so these need no bound.
    private readonly Dictionary<uint, OutboundStream> _outbound = [];

    // The highest index of SSRCs that were removed: under this key nothing up to it may be sent ever again.
    private readonly Dictionary<uint, ulong> _removedOutbound = [];
    private uint _lastRtcpIndex;
    private bool _disposed;

    /// <summary>Derives the session keys from <paramref name="keyAndSalt"/>, master key followed by master salt (RFC 3711 section 4.3).</summary>
    /// <exception cref="ArgumentException">The profile is unknown, or the key material has not its length.</exception>
    public SrtpSession(SrtpProfile profile, ReadOnlySpan<byte> keyAndSalt, SrtpDirection direction)
    {
        if (!profile.IsKnown())
        {
            throw new ArgumentException("Unknown SRTP profile.", nameof(profile));
        }

        if (keyAndSalt.Length != profile.KeyMaterialLength())
        {
            throw new ArgumentException($"{profile} takes {profile.KeyMaterialLength()} bytes of key and salt.", nameof(keyAndSalt));
        }

        Profile = profile;
        Direction = direction;
        _transform = SrtpTransform.Create(profile, keyAndSalt);
    }

    internal SrtpSession(SrtpProfile profile, SrtpTransform transform, SrtpDirection direction)
    {
        Profile = profile;
        Direction = direction;
        _transform = transform;
    }

    /// <summary>The profile that was negotiated.</summary>
    public SrtpProfile Profile { get; }

    /// <summary>Which way this session works.</summary>
    public SrtpDirection Direction { get; }

    /// <summary>SSRCs that state is kept for.</summary>
    public int StreamCount => Direction == SrtpDirection.Inbound ? _inbound.Count : _outbound.Count;

    /// <summary>
    /// Authenticates and decrypts an SRTP packet in place; the RTP packet is its first <paramref name="length"/> bytes. Whatever is
    /// not <see cref="SrtpStatus.Ok"/> leaves <paramref name="packet"/> as it was, and the state of its SSRC too.
    /// </summary>
    public SrtpStatus UnprotectRtp(Span<byte> packet, out int length)
    {
        EnsureUsable(SrtpDirection.Inbound);
        length = 0;
        if (!RtpHeader.TryParse(packet, out var header) || packet.Length < header.Length + _transform.RtpTagLength)
        {
            return SrtpStatus.Malformed;
        }

        var stream = _inbound.Find(header.Ssrc);
        var index = stream is null ? header.SequenceNumber : stream.Rtp.Estimate(header.SequenceNumber);
        if (index > MaxRtpIndex)
        {
            return SrtpStatus.TooOld;
        }

        var verdict = stream is null ? SrtpStatus.Ok : stream.Rtp.Check(index);
        if (verdict != SrtpStatus.Ok)
        {
            return verdict;
        }

        if (!_transform.UnprotectRtp(header.Ssrc, index, packet, header.Length))
        {
            return SrtpStatus.AuthenticationFailed;
        }

        // Only an authentic packet may create state or change it.
        stream ??= _inbound.Add(header.Ssrc);
        stream.Rtp.Accept(index);
        _inbound.Touch(stream);
        length = packet.Length - _transform.RtpTagLength;
        return SrtpStatus.Ok;
    }

    /// <summary>
    /// Authenticates and decrypts an SRTCP packet in place; the RTCP packet is its first <paramref name="length"/> bytes. Packets
    /// whose E flag is clear are authenticated only (RFC 3711 section 3.4).
    /// </summary>
    public SrtpStatus UnprotectRtcp(Span<byte> packet, out int length)
    {
        EnsureUsable(SrtpDirection.Inbound);
        length = 0;
        if (!SrtcpTrailer.TryParse(packet, _transform.RtcpTagLength, _transform.RtcpIndexIsLast, out var trailer))
        {
            return SrtpStatus.Malformed;
        }

        var stream = _inbound.Find(trailer.Ssrc);
        var verdict = stream is null ? SrtpStatus.Ok : stream.Rtcp.Check(trailer.Index);
        if (verdict != SrtpStatus.Ok)
        {
            return verdict;
        }

        if (!_transform.UnprotectRtcp(trailer, packet))
        {
            return SrtpStatus.AuthenticationFailed;
        }

        stream ??= _inbound.Add(trailer.Ssrc);
        stream.Rtcp.Accept(trailer.Index);
        _inbound.Touch(stream);
        length = trailer.PacketLength;
        return SrtpStatus.Ok;
    }

    /// <summary>
    /// Writes <paramref name="packet"/>, an RTCP compound, encrypted and authenticated to <paramref name="destination"/>, which must
    /// not overlap it. False when it is not RTCP, does not fit, or all 2^31 indices of this key were used.
    /// </summary>
    public bool TryProtectRtcp(ReadOnlySpan<byte> packet, Span<byte> destination, out int length)
    {
        EnsureUsable(SrtpDirection.Outbound);
        length = 0;
        var total = packet.Length + _transform.RtcpTagLength + SrtpProfileExtensions.SrtcpIndexLength;
        if (packet.Length < SrtcpTrailer.HeaderLength || packet[0] >> 6 != 2 || destination.Length < total || _lastRtcpIndex == MaxRtcpIndex)
        {
            return false;
        }

        // One counter for all SSRCs: each sees a rising index, and a stream removed and added again never repeats one.
        _lastRtcpIndex++;
        _transform.ProtectRtcp(BinaryPrimitives.ReadUInt32BigEndian(packet[4..]), _lastRtcpIndex, packet, destination[..total]);
        length = total;
        return true;
    }

    /// <summary>
    /// Protects every job into its slot and sets <see cref="SendJob.Written"/>. Jobs that fail get 0 and leave the others alone. A
    /// packet that was sent before may be sent again by the profiles that are not AEAD: the same sequence number close to the highest
    /// sent gets the same index. AEAD must never use one twice (RFC 7714 section 8.1): there, what is sent again goes by RTX.
    /// </summary>
    public static void Protect(Span<SendJob> jobs)
    {
        var tags = default(HmacSha1Batch);
        foreach (ref var job in jobs)
        {
            job.Written = job.Session is null ? CopyInClear(job) : job.Session.Protect(job, ref tags);
        }

        tags.Flush();
    }

    /// <summary>
    /// Forgets an SSRC: its rollover counter and replay windows. For streams that were closed or turned out to be unwanted. Of one that was
    /// sent, how far it came stays known: whoever sends under the SSRC again goes on behind it (<see cref="TryGetNextSequenceNumber"/>), since
    /// one index must not encrypt two packets (RFC 3711 section 9.1).
    /// </summary>
    public void RemoveStream(Ssrc ssrc)
    {
        _inbound.Remove(ssrc.Value);
        if (_outbound.Remove(ssrc.Value, out var stream) && stream.IsStarted)
        {
            _removedOutbound[ssrc.Value] = stream.Highest;
        }
    }

    /// <summary>
    /// Where a stream has to begin whose SSRC was sent under this key before: behind the highest sequence number that was used. What is
    /// sent with a lower one is refused. False when nothing was sent.
    /// </summary>
    public bool TryGetNextSequenceNumber(Ssrc ssrc, out SequenceNumber next)
    {
        var wasSent = _removedOutbound.TryGetValue(ssrc.Value, out var highest);
        if (_outbound.TryGetValue(ssrc.Value, out var stream) && stream.IsStarted)
        {
            (wasSent, highest) = (true, stream.Highest);
        }

        next = wasSent ? new SequenceNumber((ushort)highest).Next : default;
        return wasSent;
    }

    /// <summary>Wipes the keys. Packets are neither opened nor protected any more.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _transform.Dispose();
        }
    }

    /// <summary>Makes an outbound stream go on from a known index, as test vectors ask for.</summary>
    internal void SetOutboundIndex(Ssrc ssrc, ulong highestIndex)
    {
        var stream = default(OutboundStream);
        stream.Use(highestIndex);
        _outbound[ssrc.Value] = stream;
    }

    /// <summary>Makes the next protected RTCP packet carry the index after this one, as test vectors ask for.</summary>
    internal void SetOutboundRtcpIndex(uint lastIndex) => _lastRtcpIndex = lastIndex;

    private static int CopyInClear(in SendJob job)
    {
        if (!RtpPlaintext.TryRead(job, out var plaintext, out var slot) || slot.Count < plaintext.Length)
        {
            return 0;
        }

        plaintext.CopyTo(slot);
        return plaintext.Length;
    }

    private int Protect(in SendJob job, ref HmacSha1Batch tags)
    {
        if (_disposed || Direction != SrtpDirection.Outbound || !RtpPlaintext.TryRead(job, out var plaintext, out var slot))
        {
            return 0;
        }

        var total = plaintext.Length + _transform.RtpTagLength;
        if (slot.Count < total)
        {
            return 0;
        }

        var header = plaintext.Fields;
        ref var stream = ref CollectionsMarshal.GetValueRefOrAddDefault(_outbound, header.Ssrc, out var isKnown);
        if (!isKnown && _removedOutbound.Remove(header.Ssrc, out var usedUpTo))
        {
            stream = OutboundStream.After(usedUpTo);
        }

        var index = stream.Estimate(header.SequenceNumber);
        if (index > MaxRtpIndex || stream.IsOfStreamBefore(index))
        {
            return 0;
        }

        // A header written anew, with another send time, under the nonce of before would give GCM's authentication key away.
        if (Profile.IsAead() && !stream.IsFresh(index))
        {
            return 0;
        }

        stream.Use(index);
        _transform.ProtectRtp(header.Ssrc, index, plaintext, slot[..total], ref tags);
        return total;
    }

    private void EnsureUsable(SrtpDirection direction)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Direction != direction)
        {
            throw new InvalidOperationException($"This session is {Direction}.");
        }
    }
}
