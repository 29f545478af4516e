using System.Runtime.CompilerServices;

namespace Bisque.Ice.Stun;

/// <summary>Where the known attributes of one message are: one slot per type, so that a second one of a type is noticed.</summary>
internal struct StunAttributeTable
{
    private const int SlotCount = 15;

    private Slots _slots;

    /// <summary>Notes the value of an attribute. False when the type was there before.</summary>
    public bool TryAdd(StunAttributeType type, int offset, int length)
    {
        var index = IndexOf(type);
        if (index < 0)
        {
            return true;
        }

        ref var slot = ref _slots[index];
        if (slot.Offset != 0)
        {
            return false;
        }

        slot = new Slot(offset, length);
        return true;
    }

    public readonly bool Contains(StunAttributeType type) => _slots[IndexOf(type)].Offset != 0;

    /// <summary>The bytes of an attribute out of <paramref name="message"/>; false and empty when it is not there.</summary>
    public readonly bool TryGet(StunAttributeType type, ReadOnlySpan<byte> message, out ReadOnlySpan<byte> value)
    {
        var slot = _slots[IndexOf(type)];
        value = message.Slice(slot.Offset, slot.Length);
        return slot.Offset != 0;
    }

    /// <summary>Whether a value of <paramref name="length"/> bytes may belong to <paramref name="type"/>.</summary>
    public static bool IsLengthAllowed(StunAttributeType type, int length) => type switch
    {
        StunAttributeType.Username => length <= StunMessage.MaximumUsernameLength,
        StunAttributeType.Software => length <= StunMessage.MaximumSoftwareLength,
        StunAttributeType.Priority or StunAttributeType.Nomination or StunAttributeType.NominationOld
            or StunAttributeType.Fingerprint => length == 4,
        StunAttributeType.IceControlled or StunAttributeType.IceControlling => length == 8,
        StunAttributeType.UseCandidate => length == 0,
        StunAttributeType.XorMappedAddress => length is 8 or 20,
        StunAttributeType.ErrorCode => length >= 4,
        StunAttributeType.MessageIntegrity => length == MessageIntegrity.Length,
        _ => true,
    };

    private static int IndexOf(StunAttributeType type) => type switch
    {
        StunAttributeType.Username => 0,
        StunAttributeType.MessageIntegrity => 1,
        StunAttributeType.ErrorCode => 2,
        StunAttributeType.UnknownAttributes => 3,
        StunAttributeType.Realm => 4,
        StunAttributeType.Nonce => 5,
        StunAttributeType.XorMappedAddress => 6,
        StunAttributeType.Priority => 7,
        StunAttributeType.UseCandidate => 8,
        StunAttributeType.Nomination => 9,
        StunAttributeType.NominationOld => 10,
        StunAttributeType.Software => 11,
        StunAttributeType.Fingerprint => 12,
        StunAttributeType.IceControlled => 13,
        StunAttributeType.IceControlling => 14,
        _ => -1,
    };

    /// <summary>Offset 0 is the message header and so means "not there".</summary>
    private readonly record struct Slot(int Offset, int Length);

    [InlineArray(SlotCount)]
    private struct Slots
    {
        private Slot _first;
    }
}
