using System.Buffers.Binary;

namespace Bisque.Sctp.Packets;

/// <summary>The answer to a request (RFC 6525 section 4.4).</summary>
internal readonly record struct ReConfigResponse(uint ResponseSequence, ReConfigResult Result)
{
    /// <summary>Bytes of the parameter, without the next TSNs that only an SSN/TSN reset has.</summary>
    public const int ParameterLength = 12;

    /// <summary>False when the parameter is too short.</summary>
    public static bool TryParse(scoped in Parameter parameter, out ReConfigResponse response)
    {
        response = default;
        if (parameter.Bytes.Length < ParameterLength)
        {
            return false;
        }

        response = new(
            BinaryPrimitives.ReadUInt32BigEndian(parameter.Bytes[4..]), (ReConfigResult)BinaryPrimitives.ReadUInt32BigEndian(parameter.Bytes[8..]));
        return true;
    }

    /// <summary>Writes the parameter; returns its length.</summary>
    public int WriteParameter(Span<byte> destination)
    {
        Parameter.WriteHeader(destination, ParameterType.ReConfigurationResponse, ParameterLength);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], ResponseSequence);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], (uint)Result);
        return ParameterLength;
    }
}
