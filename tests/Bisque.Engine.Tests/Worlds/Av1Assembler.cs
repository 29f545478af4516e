using Bisque.Testing;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>
/// How browsers make frames of AV1 packets without dependency descriptors: a packet whose first element continues nothing begins a frame, one
/// whose last element goes on nowhere ends it, and a timestamp belongs to one frame.
/// </summary>
internal sealed class Av1Assembler(string context)
{
    private readonly HashSet<uint> _finished = [];
    private readonly List<byte[]> _obus = [];
    private int? _newest;
    private uint _timestamp;
    private bool _isOpen;
    private bool _isGap;
    private bool _endsOpen;

    /// <summary>Frames put together.</summary>
    public int FrameCount => _finished.Count;

    /// <summary>Times that two layers' frames were joined.</summary>
    public int JoinCount { get; private set; }

    /// <summary>Takes the next packet by sequence number; what is missing between is lost.</summary>
    /// <param name="number">The sequence number without rollovers.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="what">What it is, should it be wrong.</param>
    public void Take(int number, ReceivedRtp packet, string what)
    {
        if (_newest is { } newest && number != newest + 1)
        {
            (_isOpen, _isGap) = (false, true);
        }

        _newest = number;
        var continues = (packet.Payload[0] & 0x80) != 0;
        if (!continues)
        {
            True(!_isOpen, what, "begins a frame, and the one before was not finished");
            Begin(packet.Timestamp);
        }
        else if (!_isOpen)
        {
            True(_isGap, what, "continues what nobody began");
            return;
        }

        True(packet.Timestamp == _timestamp, what, "joins two pictures");
        Append(Av1Elements.Of(packet.Payload), continues, (packet.Payload[0] & 0x08) != 0, what);
        _endsOpen = (packet.Payload[0] & 0x40) != 0;
        if (!_endsOpen)
        {
            Finish(packet, what);
        }
    }

    private void Begin(uint timestamp)
    {
        _obus.Clear();
        (_isOpen, _isGap, _endsOpen, _timestamp) = (true, false, false, timestamp);
    }

    private void Append(List<byte[]> elements, bool continues, bool beginsSequence, string what)
    {
        True(continues == _endsOpen, what, "has other fragments than the packet before");
        True(!beginsSequence || (!continues && _obus.Count == 0), what, "begins a sequence within a frame");
        if (continues)
        {
            _obus[^1] = [.. _obus[^1], .. elements[0]];
        }

        _obus.AddRange(continues ? elements[1..] : elements);
    }

    private void Finish(ReceivedRtp packet, string what)
    {
        _isOpen = false;
        True(packet.Marker, what, "ends a frame without the marker");
        True(_finished.Add(packet.Timestamp), what, "is of a second frame with the same timestamp");
        foreach (var obu in _obus)
        {
            var isPadding = obu[0] >> 3 == 15;
            JoinCount += isPadding ? 1 : 0;
            True(!isPadding || obu is [0x78, 0x80], what, "has padding that is not well formed");
        }
    }

    private void True(bool condition, string packet, string what) => Assert.True(condition, $"{context}: {packet} {what}");
}
