namespace Bisque.Dtls.Records;

/// <summary>What became of a protected record.</summary>
internal enum OpenResult
{
    Opened,
    Unauthentic,
    Replayed,
}
