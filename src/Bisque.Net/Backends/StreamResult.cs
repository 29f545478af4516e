namespace Bisque.Net.Backends;

/// <summary>What one read or write of a byte stream did: a count of bytes, "would block", or an error.</summary>
internal readonly record struct StreamResult(int Bytes, NetError? Error)
{
    private const int Blocked = -1;

    public static StreamResult WouldBlock => new(Blocked, null);

    public bool IsWouldBlock => Bytes == Blocked;

    public static StreamResult Done(int bytes) => new(bytes, null);

    public static StreamResult Failed(NetError error) => new(0, error);
}
