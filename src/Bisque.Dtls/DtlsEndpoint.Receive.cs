using System.Buffers;
using Bisque.Dtls.Records;
using Bisque.Primitives;

namespace Bisque.Dtls;

/// <content>What becomes of a datagram.</content>
public sealed partial class DtlsEndpoint
{
    /// <summary>Records up to this size are decrypted on the stack.</summary>
    private const int StackLimit = 2048;

    /// <summary>Handles one datagram from the peer. Whatever is in it, nothing is thrown; what has no meaning is dropped and counted.</summary>
    public void Receive(ReadOnlySpan<byte> datagram, MonotonicTime now)
    {
        while (IsActive && !datagram.IsEmpty)
        {
            if (!DtlsRecord.TryTake(ref datagram, out var record))
            {
                _invalidRecords++;
                return;
            }

            Receive(record, now);
            TakeEarlyRecords(now);
        }
    }

    private void Receive(in DtlsRecord record, MonotonicTime now)
    {
        switch (record.Epoch)
        {
            case 0:
                ReceivePlaintext(record, now);
                break;
            case 1 when _records.HasKeys:
                ReceiveProtected(record, now);
                break;
            case 1 when _handshake.HasBegun && _early.TryKeep(record.Whole):
                break;
            default:
                _invalidRecords++;
                break;
        }
    }

    // After the handshake nothing in plaintext has a meaning: anybody could have sent it.
    private void ReceivePlaintext(in DtlsRecord record, MonotonicTime now)
    {
        switch (record.Type)
        {
            case ContentType.Handshake when !_handshake.IsComplete:
                ReceiveHandshake(record.Fragment, epoch: 0, now);
                break;
            case ContentType.Alert when !_handshake.IsComplete && IsFatal(record.Fragment):
                _handshake.SuspectFailure(now);
                break;
            case ContentType.ChangeCipherSpec:
                break;
            default:
                _invalidRecords++;
                break;
        }
    }

    private void ReceiveProtected(in DtlsRecord record, MonotonicTime now)
    {
        var size = record.Fragment.Length;
        var rented = size > StackLimit ? ArrayPool<byte>.Shared.Rent(size) : null;
        var buffer = rented ?? stackalloc byte[StackLimit];
        switch (_records.Open(record, buffer, out var length))
        {
            case OpenResult.Opened:
                ReceiveAuthentic(record.Type, buffer[..length], now);
                break;
            case OpenResult.Replayed:
                _replayedRecords++;
                break;
            default:
                _unauthenticRecords++;
                break;
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void ReceiveAuthentic(ContentType type, ReadOnlySpan<byte> plaintext, MonotonicTime now)
    {
        switch (type)
        {
            case ContentType.ApplicationData when State == DtlsState.Connected:
                _events.ApplicationData(plaintext);
                break;
            case ContentType.Handshake:
                ReceiveHandshake(plaintext, epoch: 1, now);
                break;
            case ContentType.Alert when plaintext.Length == 2 && plaintext[1] == (byte)AlertDescription.CloseNotify:
                Close();
                _events.StateChanged(State);
                break;
            case ContentType.Alert when IsFatal(plaintext):
                Fail(null, $"the peer ended it with alert {plaintext[1]}");
                break;
            case ContentType.Alert:
                break;
            default:
                _invalidRecords++;
                break;
        }
    }

    private void ReceiveHandshake(ReadOnlySpan<byte> plaintext, ushort epoch, MonotonicTime now)
    {
        var wasComplete = _handshake.IsComplete;
        var alert = _handshake.Receive(plaintext, epoch, now);
        if (alert == AlertDescription.NoRenegotiation)
        {
            SendAlert(AlertLevel.Warning, AlertDescription.NoRenegotiation);
        }
        else if (alert is not null)
        {
            Fail(alert, $"a handshake message of the peer was refused: {alert}");
        }
        else if (!wasComplete && _handshake.IsComplete)
        {
            RemoteCertificatePem = _handshake.PeerCertificate!.ToPem();
            ConnectIfReady();
        }
    }

    private void TakeEarlyRecords(MonotonicTime now)
    {
        if (!_records.HasKeys)
        {
            return;
        }

        foreach (var bytes in _early.TakeAll())
        {
            ReadOnlySpan<byte> rest = bytes;
            if (IsActive && DtlsRecord.TryTake(ref rest, out var record))
            {
                Receive(record, now);
            }
        }
    }

    // close_notify counts too: in the midst of a handshake it means the same.
    private static bool IsFatal(ReadOnlySpan<byte> alert) =>
        alert.Length == 2 && (alert[0] == (byte)AlertLevel.Fatal || alert[1] == (byte)AlertDescription.CloseNotify);
}
