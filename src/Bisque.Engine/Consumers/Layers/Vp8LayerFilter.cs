using Bisque.Engine.Packets;
using Bisque.Engine.Sending;
using Bisque.Engine.Streams;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Consumers.Layers;

/// <summary>
/// Temporal layers of VP8 (RFC 7741). Goes up at frames that depend on the base layer only, down at any frame. PictureIDs and TL0PICIDX
/// are renumbered, so that a receiver sees neither holes where frames were left out nor jumps where another stream begins.
/// </summary>
internal sealed class Vp8LayerFilter : ILayerFilter
{
    private const int PictureIdBits = 15;
    private const int ShortPictureIdBits = 7;
    private const int Tl0Bits = 8;

    /// <summary>A sender that marks no frame to go up at is asked for a key frame after so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SequenceManager _pictureIds = new(0, PictureIdBits);
    private readonly SequenceManager _tl0PictureIndices = new(0, Tl0Bits);
    private readonly LayerHistory _history = new();
    private RtpTimestamp _newest;
    private ushort _newestPictureId;
    private MonotonicTime _waitsSince = MonotonicTime.Never;

    public LayerPair Target { get; set; } = LayerPair.None;

    public LayerPair Current => _history.Current;

    public bool NeedsKeyFrame { get; private set; }

    public void Enter(MediaPacket packet)
    {
        ref readonly var payload = ref packet.PayloadInfo;
        _newest = packet.Info.Timestamp;
        _history.Begin(_newest, Target);
        _waitsSince = MonotonicTime.Never;
        NeedsKeyFrame = false;
        if (payload.PictureId >= 0)
        {
            SyncPictureIds(payload.PictureId);
        }

        if (payload.Tl0PictureIndex >= 0)
        {
            _tl0PictureIndices.Sync((ushort)(payload.Tl0PictureIndex - 1));
        }
    }

    public LayerVerdict Take(MediaPacket packet, out LayerOutput output)
    {
        ref readonly var payload = ref packet.PayloadInfo;
        output = new LayerOutput(packet.Info.Marker, default);
        if (packet.Info.Timestamp.IsNewerThan(_newest))
        {
            _newest = packet.Info.Timestamp;
            FollowNumbers(payload);
            OnNewFrame(packet);
        }

        var pictureId = payload.PictureId >= 0 ? Widen(payload.PictureId, payload.HasLongPictureId) : (ushort)0;
        if (payload.TemporalLayer > _history.At(packet.Info.Timestamp).Temporal)
        {
            if (payload.PictureId >= 0)
            {
                _pictureIds.Drop(pictureId);
            }

            return LayerVerdict.Drop;
        }

        if (payload.PictureId < 0)
        {
            return LayerVerdict.Send;
        }

        byte? tl0 = null;
        if (payload.Tl0PictureIndex >= 0)
        {
            if (!_tl0PictureIndices.TryMap((ushort)payload.Tl0PictureIndex, out var mapped))
            {
                return LayerVerdict.Drop;
            }

            tl0 = (byte)mapped;
        }

        if (!_pictureIds.TryMap(pictureId, out var mappedPictureId))
        {
            return LayerVerdict.Drop;
        }

        output = output with { Rewrite = PayloadRewrite.Vp8(mappedPictureId, tl0) };
        return LayerVerdict.Send;
    }

    /// <summary>A new frame with numbers that are none: the sender numbers anew, or only now. The receiver's go on.</summary>
    private void FollowNumbers(in PayloadInfo payload)
    {
        if (payload.PictureId >= 0 && !_pictureIds.IsNewer(Widen(payload.PictureId, payload.HasLongPictureId)))
        {
            SyncPictureIds(payload.PictureId);
        }

        // Frames of higher layers have the index of the base layer's frame before them.
        var isNumbered = payload.TemporalLayer == 0
            ? _tl0PictureIndices.IsNewer((ushort)payload.Tl0PictureIndex)
            : _tl0PictureIndices.IsSynchronized;
        if (payload.Tl0PictureIndex >= 0 && !isNumbered)
        {
            _tl0PictureIndices.Sync((ushort)(payload.Tl0PictureIndex - 1));
        }
    }

    private void SyncPictureIds(short next)
    {
        _newestPictureId = (ushort)next;
        _pictureIds.Sync((ushort)(next - 1));
    }

    private void OnNewFrame(MediaPacket packet)
    {
        ref readonly var payload = ref packet.PayloadInfo;
        var current = Current;
        var next = payload.TemporalLayer == current.Temporal + 1 && payload.IsLayerSync ? payload.TemporalLayer : current.Temporal;
        if (packet.Info.IsKeyFrame || Target.Temporal < current.Temporal || !payload.HasTemporalLayer)
        {
            next = Target.Temporal;
        }

        _history.Change(_newest, current with { Temporal = Math.Min(next, Target.Temporal) });
        if (Current.Temporal >= Target.Temporal)
        {
            _waitsSince = MonotonicTime.Never;
        }
        else if (_waitsSince == MonotonicTime.Never)
        {
            _waitsSince = packet.Info.ReceivedAt;
        }

        NeedsKeyFrame = _waitsSince != MonotonicTime.Never && packet.Info.ReceivedAt - _waitsSince >= Patience;
    }

    /// <summary>A PictureID as one of 15 bits: a short one is taken as near to the newest as can be.</summary>
    private ushort Widen(short pictureId, bool isLong)
    {
        var wide = (int)pictureId;
        if (!isLong)
        {
            var distance = (pictureId - _newestPictureId) & ((1 << ShortPictureIdBits) - 1);
            wide = _newestPictureId + distance - (distance >= 1 << (ShortPictureIdBits - 1) ? 1 << ShortPictureIdBits : 0);
        }

        wide &= (1 << PictureIdBits) - 1;
        if (((wide - _newestPictureId) & ((1 << PictureIdBits) - 1)) < 1 << (PictureIdBits - 1))
        {
            _newestPictureId = (ushort)wide;
        }

        return (ushort)wide;
    }
}
