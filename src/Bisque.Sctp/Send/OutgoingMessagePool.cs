using System.Diagnostics;
using Bisque.Sctp.Buffers;

namespace Bisque.Sctp.Send;

/// <summary>Makes outgoing messages, and takes them back when nothing refers to them.</summary>
internal sealed class OutgoingMessagePool(BytePool bytes)
{
    private const int Retained = 1024;
    private readonly Stack<OutgoingMessage> _free = new();

    /// <summary>A message with a copy of the payload, held by the queue.</summary>
    public OutgoingMessage Rent(OutgoingStream stream, ReadOnlySpan<byte> payload)
    {
        if (_free.TryPop(out var message))
        {
            message.Stream = stream;
        }
        else
        {
            message = new() { Stream = stream };
        }

        message.Bytes = bytes.Rent(payload.Length);
        payload.CopyTo(message.Bytes);
        message.Length = payload.Length;
        message.References = 1;
        message.Taken = 0;
        message.NextFsn = 0;
        message.Unacknowledged = 0;
        message.IsAbandoned = false;
        return message;
    }

    /// <summary>One reference less.</summary>
    public void Release(OutgoingMessage message)
    {
        Debug.Assert(message.References > 0, "A message was released too often.");
        if (--message.References > 0)
        {
            return;
        }

        bytes.Return(message.Bytes);
        message.Bytes = [];
        if (_free.Count < Retained)
        {
            _free.Push(message);
        }
    }
}
