namespace Bisque.Dtls.Records;

/// <summary>
/// The two epochs of a connection without renegotiation: 0 in plaintext, 1 protected. Numbers outgoing records and opens incoming
/// ones. Epoch 0 has no replay window: a forged high number there would lock the honest peer out.
/// </summary>
internal sealed class RecordLayer : IDisposable
{
    private const ulong MaximumSequence = (1UL << 48) - 1;

    private ulong _plaintextSequence;
    private ulong _protectedSequence;
    private RecordCipher? _readCipher;
    private RecordCipher? _writeCipher;
    private ReplayWindow _replayWindow;

    /// <summary>Whether records of epoch 1 can be read and written.</summary>
    public bool HasKeys => _readCipher is not null;

    /// <summary>The epoch of what is sent outside of flights: alerts and application data.</summary>
    public ushort WriteEpoch { get; set; }

    /// <summary>Begins epoch 1. What arrives in it can be read from now on; ChangeCipherSpec adds nothing to the epoch in each header.</summary>
    public void InstallKeys(RecordCipher readCipher, RecordCipher writeCipher)
    {
        _readCipher = readCipher;
        _writeCipher = writeCipher;
    }

    /// <summary>Header and cipher expansion of a record in <paramref name="epoch"/>.</summary>
    public int Overhead(ushort epoch) => DtlsRecord.HeaderLength + (epoch == 0 ? 0 : _writeCipher!.Expansion);

    /// <summary>Writes one record; returns its length, or 0 when the epoch's sequence numbers are used up.</summary>
    public int Write(ContentType type, ushort epoch, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        if (epoch == 0)
        {
            DtlsRecord.WriteHeader(destination, type, _plaintextSequence++, plaintext.Length);
            plaintext.CopyTo(destination[DtlsRecord.HeaderLength..]);
            return DtlsRecord.HeaderLength + plaintext.Length;
        }

        if (_writeCipher is not { } cipher || _protectedSequence > MaximumSequence)
        {
            return 0;
        }

        var number = 1UL << 48 | _protectedSequence++;
        var length = cipher.Protect(type, number, plaintext, destination[DtlsRecord.HeaderLength..]);
        DtlsRecord.WriteHeader(destination, type, number, length);
        return DtlsRecord.HeaderLength + length;
    }

    /// <summary>Opens a record of epoch 1 into <paramref name="plaintext"/>, which must hold the record's fragment.</summary>
    public OpenResult Open(in DtlsRecord record, Span<byte> plaintext, out int length)
    {
        length = 0;
        if (_readCipher is not { } cipher)
        {
            return OpenResult.Unauthentic;
        }

        if (!_replayWindow.Allows(record.Sequence))
        {
            return OpenResult.Replayed;
        }

        if (!cipher.TryUnprotect(record, plaintext, out length))
        {
            return OpenResult.Unauthentic;
        }

        _replayWindow.Mark(record.Sequence);
        return OpenResult.Opened;
    }

    public void Dispose()
    {
        _readCipher?.Dispose();
        _writeCipher?.Dispose();
        _readCipher = _writeCipher = null;
    }
}
