using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static TransportStats Read(Wire.TransportStats table) => new()
    {
        TransportId = table.TransportId,
        Timestamp = table.Timestamp,
        SctpState = table.SctpState is { } sctpState ? Read(sctpState) : null,
        BytesReceived = table.BytesReceived,
        ReceiveBitrate = table.RecvBitrate,
        BytesSent = table.BytesSent,
        SendBitrate = table.SendBitrate,
        RtpBytesReceived = table.RtpBytesReceived,
        RtpReceiveBitrate = table.RtpRecvBitrate,
        RtpBytesSent = table.RtpBytesSent,
        RtpSendBitrate = table.RtpSendBitrate,
        RtxBytesReceived = table.RtxBytesReceived,
        RtxReceiveBitrate = table.RtxRecvBitrate,
        RtxBytesSent = table.RtxBytesSent,
        RtxSendBitrate = table.RtxSendBitrate,
        ProbationBytesSent = table.ProbationBytesSent,
        ProbationSendBitrate = table.ProbationSendBitrate,
        AvailableOutgoingBitrate = table.AvailableOutgoingBitrate,
        AvailableIncomingBitrate = table.AvailableIncomingBitrate,
        MaxIncomingBitrate = table.MaxIncomingBitrate,
        MaxOutgoingBitrate = table.MaxOutgoingBitrate,
        MinOutgoingBitrate = table.MinOutgoingBitrate,
        RtpPacketLossReceived = table.RtpPacketLossReceived,
        RtpPacketLossSent = table.RtpPacketLossSent,
    };

    public static Offset<Wire.TransportStats> Write(FlatBufferBuilder builder, TransportStats value) =>
        Wire.TransportStats.CreateTransportStats(
            builder,
            builder.CreateString(value.TransportId),
            value.Timestamp,
            (Wire.SctpState?)value.SctpState,
            value.BytesReceived,
            value.ReceiveBitrate,
            value.BytesSent,
            value.SendBitrate,
            value.RtpBytesReceived,
            value.RtpReceiveBitrate,
            value.RtpBytesSent,
            value.RtpSendBitrate,
            value.RtxBytesReceived,
            value.RtxReceiveBitrate,
            value.RtxBytesSent,
            value.RtxSendBitrate,
            value.ProbationBytesSent,
            value.ProbationSendBitrate,
            value.AvailableOutgoingBitrate,
            value.AvailableIncomingBitrate,
            value.MaxIncomingBitrate,
            value.MaxOutgoingBitrate,
            value.MinOutgoingBitrate,
            value.RtpPacketLossReceived,
            value.RtpPacketLossSent);
}
