using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Bisque.LoadTest.Processes;

/// <summary>A child made by posix_spawn, without a shell: the pid is the program's own, as a controller wants it.</summary>
internal sealed unsafe class ChildProcess
{
    // glibc's file actions take 80 bytes, its attributes 336, a signal set 128; musl's are no larger.
    private const int OpaqueSize = 1024;

    // Above 3 and 4, so that no descriptor is overwritten before it is given on.
    private const int LowestOwnDescriptor = 10;

    private bool _isReaped;

    private ChildProcess(int id) => Id = id;

    public int Id { get; }

    /// <summary>The child's end code when it was waited for: an exit code, or minus the signal.</summary>
    public int ExitCode { get; private set; }

    /// <summary>What runs under the child's pid.</summary>
    public string Executable => File.ResolveLinkTarget($"/proc/{Id}/exe", returnFinalTarget: true)?.FullName ?? "?";

    /// <summary>
    /// Starts <paramref name="path"/>. Descriptors given for 3 and 4 are the child's ends; the caller closes its copies. Standard input is empty.
    /// </summary>
    public static ChildProcess Start(
        string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, int descriptor3 = -1, int descriptor4 = -1, bool isSilent = false)
    {
        var actions = stackalloc byte[OpaqueSize];
        var attributes = stackalloc byte[OpaqueSize];
        var signals = stackalloc byte[128];
        var nativePath = Text(path);
        var nativeNull = Text("/dev/null");
        var nativeArguments = TextArray([path, .. arguments]);
        var nativeEnvironment = TextArray(environment);
        try
        {
            Check(Libc.InitializeFileActions(actions));
            Check(Libc.InitializeAttributes(attributes));
            // .NET ignores SIGPIPE; the child starts with what the system's default is.
            _ = Libc.FillSignals(signals);
            Check(Libc.SetSignalDefaults(attributes, signals));
            Check(Libc.SetFlags(attributes, Libc.SpawnSetSignalDefaults));
            Check(Libc.AddOpen(actions, 0, nativeNull, 0, 0));
            if (isSilent)
            {
                Check(Libc.AddOpen(actions, 1, nativeNull, Libc.WriteOnly, 0));
                Check(Libc.AddOpen(actions, 2, nativeNull, Libc.WriteOnly, 0));
            }

            if (descriptor3 >= 0)
            {
                Check(Libc.AddDuplicate(actions, descriptor3, 3));
                Check(Libc.AddDuplicate(actions, descriptor4, 4));
            }

            int id;
            Check(Libc.Spawn(&id, nativePath, actions, attributes, nativeArguments, nativeEnvironment));
            return new ChildProcess(id);
        }
        finally
        {
            _ = Libc.DestroyFileActions(actions);
            _ = Libc.DestroyAttributes(attributes);
            Free(nativeArguments);
            Free(nativeEnvironment);
            Marshal.FreeCoTaskMem((nint)nativePath);
            Marshal.FreeCoTaskMem((nint)nativeNull);
        }
    }

    /// <summary>Two connected stream sockets, closed on exec: what libuv makes for a child's "pipes".</summary>
    public static (int Ours, int Childs) SocketPair()
    {
        var pair = stackalloc int[2];
        if (Libc.SocketPair(Libc.UnixDomain, Libc.StreamSocket | Libc.CloseOnExec, 0, pair) < 0)
        {
            throw new Win32Exception(Marshal.GetLastSystemError());
        }

        var childs = Libc.FileControl(pair[1], Libc.DuplicateCloseOnExec, LowestOwnDescriptor);
        _ = Libc.Close(pair[1]);
        return (pair[0], childs);
    }

    /// <summary>Blocks until the child has ended.</summary>
    public void WaitForExit()
    {
        if (!_isReaped)
        {
            Reap(0);
        }
    }

    /// <summary>Whether the child ended within <paramref name="limit"/>.</summary>
    public bool WaitForExit(TimeSpan limit)
    {
        var started = Stopwatch.GetTimestamp();
        while (!HasExited())
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                return false;
            }

            Thread.Sleep(2);
        }

        return true;
    }

    public bool HasExited() => _isReaped || Reap(Libc.NoHang);

    public void KillAndWait()
    {
        if (!HasExited())
        {
            _ = Libc.SendSignal(Id, Libc.Kill);
            WaitForExit();
        }
    }

    private bool Reap(int options)
    {
        int status;
        if (Libc.WaitForProcess(Id, &status, options) != Id)
        {
            return false;
        }

        var signal = status & 0x7F;
        ExitCode = signal == 0 ? (status >> 8) & 0xFF : -signal;
        _isReaped = true;
        return true;
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new Win32Exception(error);
        }
    }

    private static byte* Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var native = (byte*)Marshal.AllocCoTaskMem(length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(native, length));
        native[length] = 0;
        return native;
    }

    private static byte** TextArray(IReadOnlyList<string> texts)
    {
        var native = (byte**)NativeMemory.Alloc((nuint)(texts.Count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < texts.Count; i++)
        {
            native[i] = Text(texts[i]);
        }

        native[texts.Count] = null;
        return native;
    }

    private static void Free(byte** texts)
    {
        for (var text = texts; *text is not null; text++)
        {
            Marshal.FreeCoTaskMem((nint)(*text));
        }

        NativeMemory.Free(texts);
    }
}
