using System.Runtime.InteropServices;

namespace Bisque.LoadTest.Processes;

/// <summary>The C library's functions that .NET has no counterpart of: .NET's Process cannot give a child descriptors 3 and 4.</summary>
internal static unsafe partial class Libc
{
    public const int UnixDomain = 1;
    public const int StreamSocket = 1;
    public const int CloseOnExec = 0x80000;
    public const int DuplicateCloseOnExec = 1030;
    public const int WriteOnly = 1;
    public const int NoHang = 1;
    public const int Kill = 9;
    public const int SpawnSetSignalDefaults = 0x04;

    private const string Name = "libc";

    [LibraryImport(Name, EntryPoint = "socketpair")]
    public static partial int SocketPair(int domain, int type, int protocol, int* descriptors);

    [LibraryImport(Name, EntryPoint = "fcntl")]
    public static partial int FileControl(int descriptor, int command, int argument);

    [LibraryImport(Name, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(Name, EntryPoint = "read")]
    public static partial nint Read(int descriptor, byte* buffer, nuint length);

    [LibraryImport(Name, EntryPoint = "posix_spawn")]
    public static partial int Spawn(int* processId, byte* path, byte* fileActions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitializeFileActions(byte* fileActions);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int AddDuplicate(byte* fileActions, int descriptor, int newDescriptor);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_addopen")]
    public static partial int AddOpen(byte* fileActions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int DestroyFileActions(byte* fileActions);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_init")]
    public static partial int InitializeAttributes(byte* attributes);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SetFlags(byte* attributes, short flags);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SetSignalDefaults(byte* attributes, byte* signals);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_destroy")]
    public static partial int DestroyAttributes(byte* attributes);

    [LibraryImport(Name, EntryPoint = "sigfillset")]
    public static partial int FillSignals(byte* signals);

    [LibraryImport(Name, EntryPoint = "waitpid")]
    public static partial int WaitForProcess(int processId, int* status, int options);

    [LibraryImport(Name, EntryPoint = "kill")]
    public static partial int SendSignal(int processId, int signal);

    [LibraryImport(Name, EntryPoint = "clock_getcpuclockid")]
    public static partial int GetCpuClock(int processId, int* clock);

    [LibraryImport(Name, EntryPoint = "clock_gettime")]
    public static partial int GetTime(int clock, long* secondsAndNanoseconds);
}
