namespace Bisque.Sctp;

/// <summary>What an <see cref="SctpAssociation"/> is made with. Sizes are bytes. Read once, by the constructor.</summary>
public sealed record SctpOptions
{
    /// <summary>The port that WebRTC announces (RFC 8841 section 5.1).</summary>
    public const ushort DefaultPort = 5000;

    /// <summary>The port in packets that we send.</summary>
    public ushort LocalPort { get; init; } = DefaultPort;

    /// <summary>The port that packets are sent to.</summary>
    public ushort RemotePort { get; init; } = DefaultPort;

    /// <summary>Outgoing streams asked for, 1 to 65535. The peer may allow fewer.</summary>
    public ushort OutgoingStreams { get; init; } = ushort.MaxValue;

    /// <summary>Incoming streams allowed, 1 to 65535.</summary>
    public ushort IncomingStreams { get; init; } = ushort.MaxValue;

    /// <summary>The largest packet sent, 512 to 1500; used rounded down to a multiple of 4.</summary>
    public int Mtu { get; init; } = 1191;

    /// <summary>The largest message that <see cref="SctpAssociation.Send"/> takes.</summary>
    public int MaxSendMessageSize { get; init; } = 262_144;

    /// <summary>The largest message that is delivered; a longer one is dropped.</summary>
    public int MaxReceiveMessageSize { get; init; } = 262_144;

    /// <summary>Bytes waiting to be sent, over all streams, from which on no more are taken.</summary>
    public int SendBufferSize { get; init; } = 2_000_000;

    /// <summary>Bytes waiting to be sent on one stream from which on no more are taken.</summary>
    public int PerStreamSendQueueLimit { get; init; } = 2_000_000;

    /// <summary>Bytes of messages not yet complete or in order that are kept: the window that is advertised (RFC 9260 section 6.2).</summary>
    public int ReceiverWindow { get; init; } = 5_242_880;

    /// <summary>What <see cref="SctpAssociation.SetBufferedAmountLowThreshold"/> is for streams that it was not called for.</summary>
    public int BufferedAmountLowThreshold { get; init; } = 1024;

    /// <summary>The retransmission timeout before there is a round-trip sample (RFC 9260 section 6.3.1).</summary>
    public TimeSpan RtoInitial { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The shortest retransmission timeout.</summary>
    public TimeSpan RtoMin { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>The longest retransmission timeout, before it is doubled on expiry.</summary>
    public TimeSpan RtoMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The first wait for INIT-ACK and COOKIE-ACK; doubles with each expiry.</summary>
    public TimeSpan T1Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many times INIT and COOKIE-ECHO are each sent again; null is for ever.</summary>
    public int? MaxInitRetransmissions { get; init; } = 8;

    /// <summary>The first wait for the answer to SHUTDOWN and SHUTDOWN-ACK; doubles with each expiry.</summary>
    public TimeSpan T2Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many consecutive times the peer may fail to answer (data, heartbeats, resets, shutdown); null is for ever.</summary>
    public int? MaxRetransmissions { get; init; } = 10;

    /// <summary>How long an idle association waits between heartbeats, RTO added; null is none.</summary>
    public TimeSpan? HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a SACK is delayed, if not half the RTO is less (RFC 9260 section 6.2 allows up to 500 ms).</summary>
    public TimeSpan MaxSackDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a state cookie is good for (RFC 9260 section 16).</summary>
    public TimeSpan CookieLifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether to offer partial reliability (RFC 3758).</summary>
    public bool PartialReliability { get; init; } = true;

    /// <summary>Whether to offer stream reset (RFC 6525).</summary>
    public bool StreamReset { get; init; } = true;

    /// <summary>Whether to offer I-DATA (RFC 8260).</summary>
    public bool MessageInterleaving { get; init; } = true;

    /// <summary>
    /// Whether to offer packets without checksum (RFC 9653). Set only where something below protects packets against change, and
    /// authenticates them: DTLS.
    /// </summary>
    public bool ZeroChecksum { get; init; }
}
