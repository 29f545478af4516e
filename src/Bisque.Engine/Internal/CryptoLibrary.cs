using System.Runtime.InteropServices;
using Bisque.Model;

namespace Bisque.Engine.Internal;

/// <summary>
/// The framework's cryptography on Linux is OpenSSL's, loaded on first use; where it is missing, as in slim containers, the runtime ends the
/// process. So it is looked for before a transport is made, whose random names and keys are that first use: the controller then reads why.
/// </summary>
internal static class CryptoLibrary
{
    /// <summary>The versions that .NET 10 can use.</summary>
    private static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1"];

    private static readonly Lazy<bool> IsThere = new(() => !OperatingSystem.IsLinux() || Names.Any(IsLoadable));

    /// <exception cref="RequestException">Error: there is no OpenSSL on this machine.</exception>
    public static void Require()
    {
        if (!IsThere.Value)
        {
            throw RequestException.Error("OpenSSL is missing: install libssl 3 or 1.1 (Debian: apt-get install libssl3) beside the worker");
        }
    }

    /// <summary>Stays loaded when it is there: the framework is about to ask for it too.</summary>
    private static bool IsLoadable(string name) => NativeLibrary.TryLoad(name, out _);
}
