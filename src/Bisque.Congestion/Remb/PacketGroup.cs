namespace Bisque.Congestion.Remb;

/// <summary>Packets of one burst, compared as one (draft-ietf-rmcat-gcc-02 section 5.1). Times in microseconds.</summary>
internal readonly record struct PacketGroup(long FirstSend, long LastSend, long FirstArrival, long LastArrival);
