namespace Bisque.Sctp.Send;

/// <summary>What a SACK was worth.</summary>
internal enum SackOutcome
{
    /// <summary>It acknowledges what was not sent, or its gap blocks make no sense. Nothing was done.</summary>
    Refused,

    /// <summary>It is older than one that came before. Nothing was done.</summary>
    Old,

    /// <summary>It acknowledges nothing new.</summary>
    NothingNew,

    /// <summary>It acknowledges something new, or answers a probe of a closed window: the peer is alive, errors are forgotten.</summary>
    Progress,
}
