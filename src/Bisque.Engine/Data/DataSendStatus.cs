namespace Bisque.Engine.Data;

/// <summary>What became of a message that a data consumer was to send.</summary>
internal enum DataSendStatus
{
    /// <summary>It was handed on.</summary>
    Sent,

    /// <summary>It was dropped: as much as may wait already does.</summary>
    BufferFull,

    /// <summary>It was dropped: too long, or nothing can be sent.</summary>
    Failed,
}
