namespace Bisque.Sctp.Packets;

/// <summary>The answer to a request in RE-CONFIG (RFC 6525 section 4.4).</summary>
internal enum ReConfigResult : uint
{
    NothingToDo = 0,
    Performed = 1,
    Denied = 2,
    WrongSsn = 3,
    AlreadyInProgress = 4,
    BadSequenceNumber = 5,
    InProgress = 6,
}
