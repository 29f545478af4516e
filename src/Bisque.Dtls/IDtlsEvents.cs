namespace Bisque.Dtls;

/// <summary>
/// What a <see cref="DtlsEndpoint"/> tells its owner, always from within a call to the endpoint. Spans are valid only during the call.
/// The owner may call <see cref="DtlsEndpoint.Send"/> and <see cref="DtlsEndpoint.Close"/> from here.
/// </summary>
public interface IDtlsEvents
{
    /// <summary>A datagram of at most <see cref="DtlsOptions.Mtu"/> bytes to send to the peer.</summary>
    void SendDatagram(ReadOnlySpan<byte> datagram);

    /// <summary>The plaintext of one application data record.</summary>
    void ApplicationData(ReadOnlySpan<byte> data);

    /// <summary>The endpoint changed its state.</summary>
    void StateChanged(DtlsState state);

    /// <summary>The SRTP keys of the connection. Comes once, just before the state becomes <see cref="DtlsState.Connected"/>.</summary>
    void SrtpKeysAvailable(DtlsSrtpKeys keys);
}
