using System.Runtime.InteropServices;

namespace Bisque.Net.Linux;

/// <summary>The errno values that the back end tells apart.</summary>
internal static class Errno
{
    public const int Interrupted = 4;
    public const int Io = 5;
    public const int Again = 11;
    public const int Invalid = 22;
    public const int SystemFileTable = 23;
    public const int ProcessFileTable = 24;
    public const int BrokenPipe = 32;
    public const int MessageSize = 90;
    public const int AddressInUse = 98;
    public const int AddressNotAvailable = 99;
    public const int ConnectionAborted = 103;
    public const int ConnectionReset = 104;

    public static int Last => Marshal.GetLastSystemError();

    public static NetError Kind(int errno) => errno switch
    {
        AddressInUse => NetError.AddressInUse,
        AddressNotAvailable => NetError.AddressNotAvailable,
        SystemFileTable or ProcessFileTable => NetError.TooManyDescriptors,
        BrokenPipe or ConnectionReset => NetError.Disconnected,
        _ => NetError.Other,
    };

    /// <summary>
    /// The exception for a call that failed. Pass <see cref="Last"/> first: whatever runs between the call and reading it, such as
    /// formatting the text, may change it.
    /// </summary>
    public static NetException Failure(int errno, string what) =>
        new(Kind(errno), $"{what} failed: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}).");
}
