using Bisque.Primitives;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>
/// A decoder behind a receiver of one encoder's frames: decodes a frame once all of its packets are there, and the marker that ends its
/// picture, and all that it refers to is decoded. Tells which frames came in vain, and when there were pictures.
/// </summary>
internal sealed class DecoderModel
{
    private readonly Dictionary<int, MonotonicTime> _decoded = [];
    private readonly Dictionary<int, (MonotonicTime First, HashSet<int> Parts)> _arrived = [];
    private readonly HashSet<int> _endedPictures = [];
    private readonly LayeredEncoder _encoder;

    public DecoderModel(LayeredCall call, LayeredEncoder encoder)
    {
        _encoder = encoder;
        foreach (var packet in call.Received)
        {
            if (LayeredEncoder.Identify(packet.Payload) is not { } identity)
            {
                continue;
            }

            var (first, parts) = _arrived.TryGetValue(identity.Frame, out var known) ? known : (packet.At, []);
            parts.Add(identity.Part);
            _arrived[identity.Frame] = (first, parts);
            var picture = encoder.Frames[identity.Frame].Picture;
            if (packet.Marker && _endedPictures.Add(picture))
            {
                foreach (var frame in encoder.OfPicture(picture))
                {
                    Decode(frame, packet.At);
                }
            }

            Decode(encoder.Frames[identity.Frame], packet.At);
        }
    }

    /// <summary>Frames that were decoded, with the moment.</summary>
    public IEnumerable<(EncodedFrame Frame, MonotonicTime At)> Decoded =>
        _decoded.OrderBy(item => item.Value.Microseconds).Select(item => (_encoder.Frames[item.Key], item.Value));

    /// <summary>Frames of which something came, and which could never be decoded, with the moment of their first packet.</summary>
    public IEnumerable<(EncodedFrame Frame, MonotonicTime At)> InVain =>
        _arrived.Where(item => !_decoded.ContainsKey(item.Key)).Select(item => (_encoder.Frames[item.Key], item.Value.First));

    /// <summary>The longest time without a picture from one moment to another.</summary>
    public TimeSpan LongestFreeze(MonotonicTime from, MonotonicTime to)
    {
        var longest = TimeSpan.Zero;
        var last = from;
        foreach (var at in Decoded.Select(item => item.At).Where(at => at >= from && at <= to).Append(to))
        {
            longest = at - last > longest ? at - last : longest;
            last = at;
        }

        return longest;
    }

    private void Decode(EncodedFrame frame, MonotonicTime at)
    {
        var isThere = _arrived.TryGetValue(frame.Id, out var arrived)
            && arrived.Parts.Count == _encoder.PacketsPerFrame
            && _endedPictures.Contains(frame.Picture);
        if (!isThere || _decoded.ContainsKey(frame.Id) || !frame.References.All(_decoded.ContainsKey))
        {
            return;
        }

        _decoded[frame.Id] = at;

        // What waited for this frame can be decoded as well.
        foreach (var id in _arrived.Keys.Order())
        {
            if (_encoder.Frames[id].References.Contains(frame.Id))
            {
                Decode(_encoder.Frames[id], at);
            }
        }
    }
}
