using Bisque.Model;
using Google.FlatBuffers;

namespace Bisque.Channel.Mapping;

internal static partial class WireMapping
{
    public static ResourceUsage Read(Wire.ResourceUsage table) => new()
    {
        UserTime = table.RuUtime,
        SystemTime = table.RuStime,
        MaxResidentSetSize = table.RuMaxrss,
        SharedMemorySize = table.RuIxrss,
        UnsharedDataSize = table.RuIdrss,
        UnsharedStackSize = table.RuIsrss,
        MinorFaults = table.RuMinflt,
        MajorFaults = table.RuMajflt,
        Swaps = table.RuNswap,
        BlockInputs = table.RuInblock,
        BlockOutputs = table.RuOublock,
        MessagesSent = table.RuMsgsnd,
        MessagesReceived = table.RuMsgrcv,
        Signals = table.RuNsignals,
        VoluntaryContextSwitches = table.RuNvcsw,
        InvoluntaryContextSwitches = table.RuNivcsw,
    };

    public static Offset<Wire.ResourceUsage> Write(FlatBufferBuilder builder, ResourceUsage value) =>
        Wire.ResourceUsage.CreateResourceUsage(
            builder,
            value.UserTime,
            value.SystemTime,
            value.MaxResidentSetSize,
            value.SharedMemorySize,
            value.UnsharedDataSize,
            value.UnsharedStackSize,
            value.MinorFaults,
            value.MajorFaults,
            value.Swaps,
            value.BlockInputs,
            value.BlockOutputs,
            value.MessagesSent,
            value.MessagesReceived,
            value.Signals,
            value.VoluntaryContextSwitches,
            value.InvoluntaryContextSwitches);
}
