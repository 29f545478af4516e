using Bisque.Primitives;

namespace Bisque.Sctp.Send;

/// <summary>What a SACK brought.</summary>
/// <param name="BytesAcknowledged">Bytes on the wire of chunks that it acknowledges first.</param>
/// <param name="CumulativeAdvanced">Whether its cumulative TSN is a new one.</param>
/// <param name="FoundLost">Whether it was the third to report some chunk missing.</param>
/// <param name="RoundTripFrom">When the newest of the chunks was sent that it acknowledges first and that were sent once (Karn's rule).</param>
internal readonly record struct AckResult(int BytesAcknowledged, bool CumulativeAdvanced, bool FoundLost, MonotonicTime? RoundTripFrom);
