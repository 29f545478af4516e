using System.Buffers.Binary;
using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Association;

/// <summary>What a peer's INIT or INIT-ACK offers.</summary>
internal readonly record struct PeerCapabilities
{
    /// <summary>The identifier of protection by DTLS (RFC 9653 section 8).</summary>
    public const uint DtlsErrorDetection = 1;

    /// <summary>Streams that the peer wants to send on.</summary>
    public ushort OutboundStreams { get; init; }

    /// <summary>Streams that the peer takes.</summary>
    public ushort MaxInboundStreams { get; init; }

    public bool PartialReliability { get; init; }

    public bool MessageInterleaving { get; init; }

    public bool StreamReset { get; init; }

    public bool ZeroChecksum { get; init; }

    /// <summary>Adds what one parameter says. False when it is not one that says anything about capabilities.</summary>
    public static bool TryAdd(ref PeerCapabilities capabilities, in Parameter parameter)
    {
        switch (parameter.Type)
        {
            case ParameterType.ForwardTsnSupported:
                capabilities = capabilities with { PartialReliability = true };
                return true;
            case ParameterType.SupportedExtensions:
                var types = parameter.Value;
                capabilities = capabilities with
                {
                    PartialReliability = capabilities.PartialReliability || types.Contains((byte)ChunkType.ForwardTsn),
                    MessageInterleaving = types.Contains((byte)ChunkType.IData) && types.Contains((byte)ChunkType.IForwardTsn),
                    StreamReset = types.Contains((byte)ChunkType.ReConfig),
                };
                return true;
            case ParameterType.ZeroChecksumAcceptable:
                capabilities = capabilities with
                {
                    ZeroChecksum = parameter.Value.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(parameter.Value) == DtlsErrorDetection,
                };
                return true;
            default:
                return false;
        }
    }

    /// <summary>What both sides have.</summary>
    public SctpCapabilities NegotiateWith(SctpOptions options) => new()
    {
        OutgoingStreams = Math.Min(options.OutgoingStreams, MaxInboundStreams),
        IncomingStreams = Math.Min(options.IncomingStreams, OutboundStreams),
        PartialReliability = options.PartialReliability && PartialReliability,
        MessageInterleaving = options.MessageInterleaving && MessageInterleaving,
        StreamReset = options.StreamReset && StreamReset,
        ZeroChecksum = options.ZeroChecksum && ZeroChecksum,
    };

    /// <summary>Writes the parameters by which we offer the same; returns their length.</summary>
    public static int WriteOwn(Span<byte> destination, SctpOptions options)
    {
        Span<byte> types = stackalloc byte[4];
        var count = 0;
        if (options.StreamReset)
        {
            types[count++] = (byte)ChunkType.ReConfig;
        }

        if (options.PartialReliability)
        {
            types[count++] = (byte)ChunkType.ForwardTsn;
        }

        if (options.MessageInterleaving)
        {
            types[count++] = (byte)ChunkType.IData;
            types[count++] = (byte)ChunkType.IForwardTsn;
        }

        var length = Parameter.Write(destination, ParameterType.SupportedExtensions, types[..count]);
        if (options.PartialReliability)
        {
            length += Parameter.Write(destination[length..], ParameterType.ForwardTsnSupported, []);
        }

        if (options.ZeroChecksum)
        {
            Span<byte> method = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(method, DtlsErrorDetection);
            length += Parameter.Write(destination[length..], ParameterType.ZeroChecksumAcceptable, method);
        }

        return length;
    }
}
