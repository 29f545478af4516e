using Bisque.Primitives;

namespace Bisque.Net.Backends;

/// <summary>A connection taken from a listener, before anyone watches it.</summary>
internal interface IAcceptedConnection
{
    TransportAddress Local { get; }

    TransportAddress Remote { get; }

    IStreamDescriptor Open(IDescriptorEvents events);
}
