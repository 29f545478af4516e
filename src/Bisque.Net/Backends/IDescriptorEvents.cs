namespace Bisque.Net.Backends;

/// <summary>What a back end tells the owner of a descriptor, on the loop's thread, while the descriptor is open.</summary>
internal interface IDescriptorEvents
{
    void OnReadable();

    void OnWritable();
}
