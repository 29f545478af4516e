using System.Globalization;
using System.Text;

namespace Bisque.Engine;

/// <summary>
/// What a transport, or a WebRtcServer, had to drop since it was made, by the reason. The statistics that a controller asks for have no room
/// for it. Counts only grow.
/// </summary>
public readonly record struct DroppedPackets
{
    /// <summary>Datagrams of no protocol that the transport speaks.</summary>
    public long Unknown { get; init; }

    /// <summary>Packets that claimed a protocol and were not well-formed.</summary>
    public long Malformed { get; init; }

    /// <summary>Packets longer than any may be.</summary>
    public long Oversize { get; init; }

    /// <summary>Packets that came before they could be taken, or from somebody who is not listened to.</summary>
    public long Unexpected { get; init; }

    /// <summary>SRTP and SRTCP packets that could not be authenticated, or came twice.</summary>
    public long NotAuthenticated { get; init; }

    /// <summary>RTP packets that belong to no producer.</summary>
    public long NoProducer { get; init; }

    /// <summary>Messages on SCTP streams that no data producer has.</summary>
    public long NoDataProducer { get; init; }

    /// <summary>Outgoing packets that could not be encrypted.</summary>
    public long NotEncrypted { get; init; }

    /// <summary>Outgoing packets that found the queue of their socket or connection full. A socket that is shared counts for its server.</summary>
    public long QueueFull { get; init; }

    /// <summary>Outgoing datagrams that the system refused.</summary>
    public long SendErrors { get; init; }

    /// <summary>All of them.</summary>
    public long Total =>
        Unknown + Malformed + Oversize + Unexpected + NotAuthenticated + NoProducer + NoDataProducer + NotEncrypted + QueueFull + SendErrors;

    /// <summary>What is not 0, in words.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Add(Unknown, "of no known protocol");
        Add(Malformed, "malformed");
        Add(Oversize, "oversize");
        Add(Unexpected, "unexpected");
        Add(NotAuthenticated, "not authenticated or received twice");
        Add(NoProducer, "without producer");
        Add(NoDataProducer, "messages without data producer");
        Add(NotEncrypted, "not encrypted");
        Add(QueueFull, "for a full queue");
        Add(SendErrors, "refused by the system");
        return text.Length == 0 ? "none" : text.ToString();

        void Add(long count, string what)
        {
            if (count > 0)
            {
                text.Append(text.Length == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"{count} {what}");
            }
        }
    }
}
