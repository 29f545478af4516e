using System.Runtime.CompilerServices;

// All signatures towards libc are blittable; nothing is to be marshalled behind our back.
[assembly: DisableRuntimeMarshalling]
