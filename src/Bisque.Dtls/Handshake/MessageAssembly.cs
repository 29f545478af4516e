namespace Bisque.Dtls.Handshake;

/// <summary>One message being put together from fragments in any order, overlapping or repeated.</summary>
internal sealed class MessageAssembly(HandshakeType type, ushort sequence, int length)
{
    private readonly byte[] _body = new byte[length];
    private readonly ulong[] _have = new ulong[(length + 63) / 64];
    private int _missing = length;

    /// <summary>Bytes that it keeps.</summary>
    public int Length => _body.Length;

    public bool IsComplete => _missing == 0;

    public HandshakeMessage Message => new(type, sequence, _body);

    /// <summary>Adds a fragment. False when it contradicts the first one. Bytes that are there already stay as they are.</summary>
    public bool TryAdd(in HandshakeFragment fragment)
    {
        if (fragment.Type != type || fragment.MessageLength != _body.Length)
        {
            return false;
        }

        for (var i = 0; i < fragment.Content.Length; i++)
        {
            var at = fragment.Offset + i;
            var bit = 1UL << (at & 63);
            if ((_have[at >> 6] & bit) == 0)
            {
                _have[at >> 6] |= bit;
                _body[at] = fragment.Content[i];
                _missing--;
            }
        }

        return true;
    }
}
