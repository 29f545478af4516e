using System.Text;

namespace Bisque.Ice.Tests;

/// <summary>A connectivity check as a browser makes it, with every part open to change.</summary>
internal sealed record Check(IceCredentials Credentials)
{
    public bool UseCandidate { get; init; }

    public uint? Nomination { get; init; }

    public StunAttributeType NominationType { get; init; } = StunAttributeType.Nomination;

    public bool Priority { get; init; } = true;

    public bool Username { get; init; } = true;

    public bool Integrity { get; init; } = true;

    public bool Fingerprint { get; init; } = true;

    public ulong? Controlled { get; init; }

    public ushort Method { get; init; } = StunMessage.BindingMethod;

    public StunClass Class { get; init; } = StunClass.Request;

    public static ReadOnlySpan<byte> TransactionId => "transaction1"u8;

    public byte[] Build()
    {
        var writer = new StunWriter(new byte[256], Class, Method, TransactionId);
        if (Username)
        {
            writer.AddUsername(Encoding.ASCII.GetBytes(Credentials.UsernameFragment + ":peer"));
        }

        if (Priority)
        {
            writer.AddPriority(0x6e00_01ff);
        }

        if (Controlled is { } tieBreaker)
        {
            writer.AddIceControlled(tieBreaker);
        }
        else
        {
            writer.AddIceControlling(0x932f_f9b1_5126_3b36);
        }

        if (UseCandidate)
        {
            writer.AddUseCandidate();
        }

        if (Nomination is { } nomination)
        {
            Span<byte> value = stackalloc byte[4];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(value, nomination);
            writer.AddAttribute(NominationType, value);
        }

        if (Integrity)
        {
            writer.AddMessageIntegrity(Encoding.ASCII.GetBytes(Credentials.Password));
        }

        if (Fingerprint)
        {
            writer.AddFingerprint();
        }

        return writer.Written.ToArray();
    }
}
