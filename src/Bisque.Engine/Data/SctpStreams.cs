using Bisque.Model;

namespace Bisque.Engine.Data;

/// <summary>What the controller may ask of an SCTP stream.</summary>
internal static class SctpStreams
{
    /// <summary>At most 65535 streams can be negotiated (RFC 9260 section 3.3.2), and the first is 0.</summary>
    private const ushort MaxStreamId = 65_534;

    /// <summary>
    /// Checks a stream's parameters, and fills in whether order is kept: yes, unless a message may be given up. A limit of 0 is one that is
    /// not given, as everywhere in mediasoup, except that an unordered stream may ask for 0 retransmissions.
    /// </summary>
    /// <exception cref="RequestException">TypeError: missing, or contradicting each other.</exception>
    public static SctpStreamParameters Read(SctpStreamParameters? parameters)
    {
        if (parameters is null)
        {
            throw RequestException.TypeError("missing sctpStreamParameters");
        }

        var hasLifeTime = parameters.MaxPacketLifeTime is > 0;
        var hasRetransmits = parameters.MaxRetransmits is > 0;
        if (parameters.StreamId > MaxStreamId)
        {
            throw RequestException.TypeError($"streamId must not be greater than {MaxStreamId}");
        }

        if (hasLifeTime && hasRetransmits)
        {
            throw RequestException.TypeError("cannot provide both maxPacketLifeTime and maxRetransmits");
        }

        if (parameters.Ordered == true && (hasLifeTime || hasRetransmits))
        {
            throw RequestException.TypeError("cannot be ordered with maxPacketLifeTime or maxRetransmits");
        }

        var ordered = parameters.Ordered ?? !(hasLifeTime || hasRetransmits);
        return parameters with
        {
            Ordered = ordered,
            MaxPacketLifeTime = hasLifeTime ? parameters.MaxPacketLifeTime : null,
            MaxRetransmits = hasRetransmits || (!ordered && !hasLifeTime) ? parameters.MaxRetransmits : null,
        };
    }
}
