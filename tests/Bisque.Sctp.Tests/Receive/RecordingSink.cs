using System.Text;
using Bisque.Sctp.Receive;

namespace Bisque.Sctp.Tests.Receive;

/// <summary>Remembers the messages that were delivered, as "stream:text".</summary>
internal sealed class RecordingSink : IMessageSink
{
    public List<string> Messages { get; } = [];

    public List<PayloadProtocolId> Ppids { get; } = [];

    public int TooLarge { get; private set; }

    public void Message(ushort streamId, PayloadProtocolId ppid, ReadOnlySpan<byte> message)
    {
        Messages.Add($"{streamId}:{Encoding.ASCII.GetString(message)}");
        Ppids.Add(ppid);
    }

    public void MessageTooLarge(ushort streamId) => TooLarge++;
}
