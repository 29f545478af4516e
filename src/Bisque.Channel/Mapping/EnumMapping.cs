using Bisque.Model;
using Bisque.Primitives;

namespace Bisque.Channel.Mapping;

/// <summary>Enumerations: equal numbers on both sides; a number that the schema does not know rejects the message.</summary>
internal static partial class WireMapping
{
    public static BweType Read(Wire.BweType value) =>
        value <= Wire.BweType.REMB ? (BweType)value : throw Unknown(nameof(BweType), (byte)value);

    public static ConsumerTraceEventType Read(Wire.ConsumerTraceEventType value) =>
        value <= Wire.ConsumerTraceEventType.RTP ? (ConsumerTraceEventType)value : throw Unknown(nameof(ConsumerTraceEventType), (byte)value);

    public static DataConsumerType Read(Wire.DataConsumerType value) =>
        value <= Wire.DataConsumerType.DIRECT ? (DataConsumerType)value : throw Unknown(nameof(DataConsumerType), (byte)value);

    public static DataProducerType Read(Wire.DataProducerType value) =>
        value <= Wire.DataProducerType.DIRECT ? (DataProducerType)value : throw Unknown(nameof(DataProducerType), (byte)value);

    public static DtlsRole Read(Wire.DtlsRole value) =>
        value <= Wire.DtlsRole.SERVER ? (DtlsRole)value : throw Unknown(nameof(DtlsRole), (byte)value);

    public static DtlsState Read(Wire.DtlsState value) =>
        value <= Wire.DtlsState.CLOSED ? (DtlsState)value : throw Unknown(nameof(DtlsState), (byte)value);

    public static FingerprintAlgorithm Read(Wire.FingerprintAlgorithm value) =>
        value <= Wire.FingerprintAlgorithm.SHA512 ? (FingerprintAlgorithm)value : throw Unknown(nameof(FingerprintAlgorithm), (byte)value);

    public static IceCandidateTcpType Read(Wire.IceCandidateTcpType value) =>
        value <= Wire.IceCandidateTcpType.PASSIVE ? (IceCandidateTcpType)value : throw Unknown(nameof(IceCandidateTcpType), (byte)value);

    public static IceCandidateType Read(Wire.IceCandidateType value) =>
        value <= Wire.IceCandidateType.HOST ? (IceCandidateType)value : throw Unknown(nameof(IceCandidateType), (byte)value);

    public static IceRole Read(Wire.IceRole value) =>
        value <= Wire.IceRole.CONTROLLING ? (IceRole)value : throw Unknown(nameof(IceRole), (byte)value);

    public static IceState Read(Wire.IceState value) =>
        value <= Wire.IceState.DISCONNECTED ? (IceState)value : throw Unknown(nameof(IceState), (byte)value);

    public static MediaKind Read(Wire.MediaKind value) =>
        value <= Wire.MediaKind.VIDEO ? (MediaKind)value : throw Unknown(nameof(MediaKind), (byte)value);

    public static ProducerTraceEventType Read(Wire.ProducerTraceEventType value) =>
        value <= Wire.ProducerTraceEventType.SR ? (ProducerTraceEventType)value : throw Unknown(nameof(ProducerTraceEventType), (byte)value);

    public static RtpHeaderExtensionUri Read(Wire.RtpHeaderExtensionUri value) =>
        value <= Wire.RtpHeaderExtensionUri.MediasoupPacketId ? (RtpHeaderExtensionUri)value : throw Unknown(nameof(RtpHeaderExtensionUri), (byte)value);

    public static RtpParametersType Read(Wire.RtpParametersType value) =>
        value <= Wire.RtpParametersType.PIPE ? (RtpParametersType)value : throw Unknown(nameof(RtpParametersType), (byte)value);

    public static SctpState Read(Wire.SctpState value) =>
        value <= Wire.SctpState.CLOSED ? (SctpState)value : throw Unknown(nameof(SctpState), (byte)value);

    public static SrtpCryptoSuite Read(Wire.SrtpCryptoSuite value) =>
        value <= Wire.SrtpCryptoSuite.AES_CM_128_HMAC_SHA1_32 ? (SrtpCryptoSuite)value : throw Unknown(nameof(SrtpCryptoSuite), (byte)value);

    public static TraceDirection Read(Wire.TraceDirection value) =>
        value <= Wire.TraceDirection.DIRECTION_OUT ? (TraceDirection)value : throw Unknown(nameof(TraceDirection), (byte)value);

    public static TransportProtocol Read(Wire.TransportProtocol value) =>
        value is >= Wire.TransportProtocol.UDP and <= Wire.TransportProtocol.TCP ? (TransportProtocol)value : throw Unknown(nameof(TransportProtocol), (byte)value);

    public static TransportTraceEventType Read(Wire.TransportTraceEventType value) =>
        value <= Wire.TransportTraceEventType.BWE ? (TransportTraceEventType)value : throw Unknown(nameof(TransportTraceEventType), (byte)value);

    private static RequestException Unknown(string enumeration, byte value) =>
        RequestException.TypeError($"{value} is not a value of {enumeration}");
}
