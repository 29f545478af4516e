namespace Bisque.LoadTest.Media;

/// <summary>Makes pictures in several sizes and frame rates, as browsers' encoders do; the streams of simulcast take turns.</summary>
internal sealed class LayeredSource : IVideoSource
{
    private readonly LayerShape _shape;
    private readonly LayeredEncoding[] _encodings;
    private readonly bool[] _isKeyFrameWanted;
    private readonly byte[] _payload = TestPattern.CreatePayload();
    private readonly IEnumerator<MediaPart> _parts;
    private uint _count;

    public LayeredSource(LayerShape shape)
    {
        _shape = shape;
        _encodings = [.. Enumerable.Range(0, shape.Encodings).Select(_ => new LayeredEncoding(shape))];
        _isKeyFrameWanted = new bool[shape.Encodings];
        Array.Fill(_isKeyFrameWanted, true);
        _parts = Parts().GetEnumerator();
    }

    public int Streams => _shape.Encodings;

    public int PacketsPerPicture => _shape.PacketsPerPicture;

    public void RequestKeyFrame(int stream) => _isKeyFrameWanted[stream] = true;

    public MediaPart Next()
    {
        _parts.MoveNext();
        return _parts.Current;
    }

    private IEnumerable<MediaPart> Parts()
    {
        while (true)
        {
            for (var stream = 0; stream < _encodings.Length; stream++)
            {
                var encoding = _encodings[stream];
                encoding.BeginPicture(_isKeyFrameWanted[stream]);
                _isKeyFrameWanted[stream] = false;
                for (var spatial = 0; spatial < _shape.SpatialLayers; spatial++)
                {
                    encoding.BeginFrame(spatial);
                    var last = _shape.PacketsPerFrame[stream + spatial] - 1;
                    for (var part = 0; part <= last; part++)
                    {
                        var begins = part == 0;
                        var ends = part == last;
                        TestPattern.SetNumber(_payload, _count++);
                        var dependencies = encoding.Write(_payload.AsSpan(0, TestPattern.HeadRoom), begins, ends);
                        yield return new MediaPart(
                            stream, _payload, begins && stream + spatial == 0, ends && spatial == _shape.SpatialLayers - 1, dependencies);
                    }
                }
            }
        }
    }
}
