namespace Bisque.Net.Linux;

/// <summary>
/// Whether a socket may use UDP_SEGMENT. EIO means that its route's device cannot, for good. EINVAL also comes from a path whose MTU is below the
/// segment size, so that only a row of refusals with no success between them ends it.
/// </summary>
internal sealed class SegmentationState(bool isSupported)
{
    private const int MostRefusals = 64;

    private int _refusals;

    public bool IsEnabled { get; private set; } = isSupported;

    public void OnSent() => _refusals = 0;

    /// <summary>True when the refusal is about segmentation, so that the datagrams may pass one by one.</summary>
    public bool OnRefused(int errno)
    {
        if (errno == Errno.Io || (errno == Errno.Invalid && ++_refusals >= MostRefusals))
        {
            IsEnabled = false;
        }

        return errno is Errno.Io or Errno.Invalid or Errno.MessageSize;
    }
}
