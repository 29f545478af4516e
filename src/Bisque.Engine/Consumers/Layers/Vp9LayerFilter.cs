using Bisque.Engine.Packets;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Consumers.Layers;

/// <summary>
/// Layers of VP9 (RFC 9628). Spatial layers are taken up at key pictures, as many as the picture really has; without K-SVC they are
/// given up at any picture. With K-SVC, where layers depend on each other in key pictures only, the receiver gets the other pictures
/// of its own layer alone. Temporal layers go up at switching points, and down at any picture.
/// </summary>
/// <remarks>
/// S modes, where layers never depend on each other, are treated as K-SVC: of a key picture the receiver gets the lower layers too. The
/// base layer's packet has the scalability structure, without which receivers cannot use what is not in flexible mode, and nobody knows when
/// it comes whether the layer aimed at will follow. Its decoder shows the highest layer that it got.
/// <para>
/// The picture groups of the scalability structure (RFC 9628 section 4.2.1) tell nothing about switching up that the packets do not tell
/// themselves: the U bit of each packet is that of its picture in the group, whether or not a group was given. Behind a picture with that
/// bit, higher layers refer to nothing before it but what its own layer has, so that whoever gets the layer has all that they need. The
/// picture itself may refer to earlier ones of its own layer: a receiver of less does not begin there, unless the sender marks no others.
/// </para>
/// </remarks>
/// <param name="isOwnLayerEnough">K-SVC or an S mode: between key pictures a spatial layer depends on no other.</param>
internal sealed class Vp9LayerFilter(bool isOwnLayerEnough) : ILayerFilter
{
    /// <summary>After so many pictures without the layer that is sent, the sender has stopped it.</summary>
    private const int MaxPicturesBelow = 3;

    /// <summary>
    /// A sender that marked no picture of the layers that are sent in so many marks those that depend on lower layers only, as VP8 does.
    /// </summary>
    private const int MaxPicturesToWait = 32;

    private readonly LayerHistory _history = new();
    private RtpTimestamp _newest;
    private bool _isKeyPicture;
    private short _afterwards;
    private short _highestOfPicture;
    private short _highestOfPictureBefore;
    private int _picturesBelow;
    private int _picturesWaited;

    public LayerPair Target { get; set; } = LayerPair.None;

    /// <summary>Known only when a picture has ended: how many layers a key picture has, nobody says before.</summary>
    public LayerPair Current { get; private set; } = LayerPair.None;

    public bool NeedsKeyFrame =>
        !_isKeyPicture
        && ((Target.Spatial > Sent.Spatial && Math.Max(_highestOfPicture, _highestOfPictureBefore) > Sent.Spatial)
            || (isOwnLayerEnough && (Target.Spatial < Sent.Spatial || _picturesBelow >= MaxPicturesBelow)));

    /// <summary>What is sent of the newest picture. Of a key picture that is all that is aimed at, also what comes late or never.</summary>
    private LayerPair Sent => _history.Current;

    /// <summary>The same, but of a key picture only what has come.</summary>
    private LayerPair Reached => _isKeyPicture ? Sent with { Spatial = Math.Min(_highestOfPicture, Sent.Spatial) } : Sent;

    public void Enter(MediaPacket packet)
    {
        _newest = packet.Info.Timestamp;
        _history.Begin(_newest, new LayerPair(0, Target.Temporal));
        _isKeyPicture = false;
        _highestOfPicture = _highestOfPictureBefore = 0;
        _afterwards = Target.Temporal;
        _picturesBelow = _picturesWaited = 0;
        Current = LayerPair.None;
    }

    public LayerVerdict Take(MediaPacket packet, out LayerOutput output)
    {
        ref readonly var payload = ref packet.PayloadInfo;
        output = new LayerOutput(packet.Info.Marker, default);
        if (!payload.HasTemporalLayer)
        {
            // No layer indices: the stream has none.
            _history.Change(_newest, Target);
            Current = Target;
            return LayerVerdict.Send;
        }

        var timestamp = packet.Info.Timestamp;
        var beginsPicture = timestamp.IsNewerThan(_newest);
        if (beginsPicture)
        {
            BeginPicture(timestamp);
        }

        var isOfNewest = timestamp == _newest;
        if (isOfNewest)
        {
            OnFrame(payload, beginsPicture);
            CountBelow(payload, packet.Info.Marker);
        }

        var layers = _history.At(timestamp);
        if (!layers.Exists || payload.TemporalLayer > layers.Temporal || !IsKept(payload, layers.Spatial))
        {
            return LayerVerdict.Drop;
        }

        output = output with { Marker = packet.Info.Marker || (payload.IsEndOfFrame && payload.SpatialLayer == layers.Spatial) };
        if (isOfNewest && output.Marker)
        {
            Current = Reached;
        }

        return LayerVerdict.Send;
    }

    private void BeginPicture(RtpTimestamp timestamp)
    {
        var current = Reached;
        _newest = timestamp;
        _isKeyPicture = false;
        (_highestOfPictureBefore, _highestOfPicture) = (_highestOfPicture, 0);
        Current = current;
        var spatial = isOwnLayerEnough ? current.Spatial : Math.Min(current.Spatial, Target.Spatial);
        var temporal = Math.Min(Math.Max(current.Temporal, _afterwards), Target.Temporal);
        _afterwards = temporal;
        _picturesWaited = temporal < Target.Temporal ? _picturesWaited + 1 : 0;
        _history.Change(timestamp, new LayerPair(spatial, temporal));
    }

    private void OnFrame(in PayloadInfo payload, bool beginsPicture)
    {
        short spatial = payload.SpatialLayer;
        _highestOfPicture = Math.Max(_highestOfPicture, spatial);
        var current = Sent;
        var mayBeginKeyPicture = spatial == 0 || (beginsPicture && spatial <= Target.Spatial);
        if (!_isKeyPicture && !payload.IsInterPicturePredicted && mayBeginKeyPicture)
        {
            // Begins with an upper layer where that overtook the base layer.
            _isKeyPicture = true;
            current = Target;
        }

        if (payload.IsSwitchingUpPoint)
        {
            if (payload.TemporalLayer <= current.Temporal)
            {
                _afterwards = Target.Temporal;
            }
            else if (_picturesWaited > MaxPicturesToWait && beginsPicture && payload.IsStartOfFrame && payload.TemporalLayer == current.Temporal + 1 && payload.TemporalLayer <= Target.Temporal)
            {
                current = current with { Temporal = payload.TemporalLayer };
            }
        }

        _history.Change(_newest, current);
    }

    private void CountBelow(in PayloadInfo payload, bool isLastOfPicture)
    {
        if (_isKeyPicture || payload.SpatialLayer >= Sent.Spatial)
        {
            _picturesBelow = 0;
        }
        else if (isLastOfPicture)
        {
            _picturesBelow++;
        }
    }

    private bool IsKept(in PayloadInfo payload, int spatial) => isOwnLayerEnough && payload.IsInterPicturePredicted
        ? payload.SpatialLayer == spatial
        : payload.SpatialLayer <= spatial;
}
