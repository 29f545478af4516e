namespace Bisque.Engine.Tests.Worlds;

/// <summary>One frame of one spatial layer, as an encoder made it: what it is and what it needs.</summary>
/// <param name="Id">Its number in the encoder's frames, in decoding order.</param>
/// <param name="Picture">The picture that it is part of.</param>
/// <param name="Spatial">Spatial layer.</param>
/// <param name="Temporal">Temporal layer.</param>
/// <param name="IsKey">Whether its picture is a key picture.</param>
/// <param name="IsLast">Whether it is the last of its picture.</param>
/// <param name="References">The frames that have to be decoded before.</param>
internal sealed record EncodedFrame(int Id, int Picture, int Spatial, int Temporal, bool IsKey, bool IsLast, int[] References);
