namespace Bisque.Dtls.Handshake;

/// <summary>A whole handshake message, received or to be sent.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Sequence">Its message_seq.</param>
/// <param name="Body">What follows the header.</param>
internal readonly record struct HandshakeMessage(HandshakeType Type, ushort Sequence, byte[] Body);
