namespace Bisque.Engine.Tests.Worlds;

/// <summary>A packet of a frame, ready to be sent.</summary>
internal sealed record EncodedPacket(EncodedFrame Frame, byte[] Rtp);
