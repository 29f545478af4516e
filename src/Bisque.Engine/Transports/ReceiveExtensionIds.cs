using Bisque.Engine.Parameters;
using Bisque.Model;

namespace Bisque.Engine.Transports;

/// <summary>
/// The ids under which a transport's peer sends the extensions that are read before the producer is known. 0: not negotiated.
/// One set for the whole transport (BUNDLE demands the same id for the same extension, RFC 8843 section 8), overwritten by the latest
/// producer that has it.
/// </summary>
internal sealed class ReceiveExtensionIds
{
    public byte Mid { get; private set; }

    public byte Rid { get; private set; }

    public byte RepairedRid { get; private set; }

    public byte AbsSendTime { get; private set; }

    public byte TransportWideSequenceNumber { get; private set; }

    public void Update(MediaParameters parameters)
    {
        Mid = parameters.ExtensionId(RtpHeaderExtensionUri.Mid) ?? Mid;
        Rid = parameters.ExtensionId(RtpHeaderExtensionUri.RtpStreamId) ?? Rid;
        RepairedRid = parameters.ExtensionId(RtpHeaderExtensionUri.RepairRtpStreamId) ?? RepairedRid;
        AbsSendTime = parameters.ExtensionId(RtpHeaderExtensionUri.AbsSendTime) ?? AbsSendTime;
        TransportWideSequenceNumber = parameters.ExtensionId(RtpHeaderExtensionUri.TransportWideCcDraft01) ?? TransportWideSequenceNumber;
    }

    public RecvRtpHeaderExtensions Dump() => new()
    {
        Mid = OrNull(Mid),
        Rid = OrNull(Rid),
        Rrid = OrNull(RepairedRid),
        AbsSendTime = OrNull(AbsSendTime),
        TransportWideCc01 = OrNull(TransportWideSequenceNumber),
    };

    private static byte? OrNull(byte id) => id == 0 ? null : id;
}
