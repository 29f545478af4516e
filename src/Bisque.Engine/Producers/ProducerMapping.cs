using Bisque.Engine.Parameters;
using Bisque.Model;
using Bisque.Primitives;

namespace Bisque.Engine.Producers;

/// <summary>Under which SSRCs and payload types the router knows what a producer receives.</summary>
internal sealed class ProducerMapping
{
    private readonly Dictionary<byte, byte> _payloadTypes = [];
    private readonly RtpMapping _mapping;

    private ProducerMapping(RtpMapping mapping) => _mapping = mapping;

    /// <exception cref="RequestException">TypeError: the mapping does not fit the parameters.</exception>
    public static ProducerMapping Read(RtpMapping mapping, MediaParameters media)
    {
        foreach (var encoding in mapping.Encodings)
        {
            if (encoding.MappedSsrc == 0)
            {
                throw RequestException.TypeError("wrong entry in rtpMapping.encodings: missing mappedSsrc");
            }

            // Without SSRC and RID a packet is told apart by being the only encoding, or, with several producers, by its MID.
            if (encoding.Ssrc is null && string.IsNullOrEmpty(encoding.Rid) && (mapping.Encodings.Count > 1 || media.Mid is null))
            {
                throw RequestException.TypeError("wrong entry in rtpMapping.encodings: missing ssrc or rid");
            }
        }

        if (mapping.Encodings.Count != media.Encodings.Count)
        {
            throw RequestException.TypeError("rtpParameters.encodings and rtpMapping.encodings differ in number");
        }

        var result = new ProducerMapping(mapping);
        foreach (var codec in mapping.Codecs)
        {
            result._payloadTypes[codec.PayloadType] = codec.MappedPayloadType;
        }

        return result;
    }

    public Ssrc Ssrc(int encodingIndex) => new(_mapping.Encodings[encodingIndex].MappedSsrc);

    /// <summary>The router's payload type; a codec that is not mapped keeps its own.</summary>
    public byte PayloadType(byte payloadType) => _payloadTypes.GetValueOrDefault(payloadType, payloadType);

    public RtpMapping Dump() => _mapping;
}
