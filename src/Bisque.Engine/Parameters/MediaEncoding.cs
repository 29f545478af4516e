using Bisque.Model;
using Bisque.Primitives;

namespace Bisque.Engine.Parameters;

/// <summary>One encoding of RTP parameters with what its codec says of it: all that a stream needs to know.</summary>
internal sealed record MediaEncoding
{
    public required RtpEncodingParameters Parameters { get; init; }

    public required MimeType MimeType { get; init; }

    public required byte PayloadType { get; init; }

    public required uint ClockRate { get; init; }

    /// <summary>Payload type of the RTX codec whose <c>apt</c> is this one's payload type.</summary>
    public byte? RtxPayloadType { get; init; }

    public bool UsesNack { get; init; }

    public bool UsesPli { get; init; }

    public bool UsesFir { get; init; }

    public bool UsesInBandFec { get; init; }

    public bool UsesDtx { get; init; }

    public ScalabilityMode Layers { get; init; } = ScalabilityMode.Single;

    public Ssrc? Ssrc => Parameters.Ssrc is { } ssrc ? new Ssrc(ssrc) : null;

    public Ssrc? RtxSsrc => Parameters.Rtx is { } rtx ? new Ssrc(rtx.Ssrc) : null;

    public string? Rid => string.IsNullOrEmpty(Parameters.Rid) ? null : Parameters.Rid;
}
