namespace Bisque.Dtls.Tests;

public sealed class FingerprintTests
{
    [Theory]
    [InlineData(FingerprintAlgorithm.Sha1)]
    [InlineData(FingerprintAlgorithm.Sha224)]
    [InlineData(FingerprintAlgorithm.Sha256)]
    [InlineData(FingerprintAlgorithm.Sha384)]
    [InlineData(FingerprintAlgorithm.Sha512)]
    public void Every_hash_in_either_case_is_accepted(FingerprintAlgorithm algorithm)
    {
        var pair = new Pair(announce: false);
        var lower = new DtlsFingerprint(algorithm, pair.Server.Certificate.Fingerprints[(int)algorithm].Value.ToLowerInvariant());
        pair.Client.Endpoint.SetRemoteFingerprint(lower);
        pair.Server.Endpoint.SetRemoteFingerprint(pair.Client.Certificate.Fingerprints[(int)algorithm]);
        pair.Start().Run(TimeSpan.FromSeconds(1));

        Assert.True(pair.IsConnected);
    }

    [Fact]
    public void A_late_fingerprint_leaves_the_endpoint_connecting_until_it_comes()
    {
        var pair = new Pair(announce: false);
        pair.Client.Endpoint.SetRemoteFingerprint(pair.Server.Fingerprint);
        pair.Start().Run(TimeSpan.FromMinutes(5));
        Assert.Equal(DtlsState.Connecting, pair.Server.State);
        Assert.Equal(DtlsState.Connected, pair.Client.State);
        Assert.NotNull(pair.Server.Endpoint.RemoteCertificatePem);
        Assert.Null(pair.Server.Keys);

        pair.Server.Endpoint.SetRemoteFingerprint(pair.Client.Fingerprint);

        Assert.True(pair.IsConnected);
        HandshakeTests.AssertDataFlows(pair);
    }

    [Fact]
    public void Data_from_a_peer_that_is_not_verified_yet_is_not_delivered()
    {
        var pair = new Pair(announce: false);
        pair.Client.Endpoint.SetRemoteFingerprint(pair.Server.Fingerprint);
        pair.Start().Run(TimeSpan.FromSeconds(1));
        Assert.True(pair.Client.Endpoint.Send([1]));
        pair.Run(TimeSpan.FromSeconds(1));

        Assert.Empty(pair.Server.Received);
        Assert.False(pair.Server.Endpoint.Send([1]));
    }

    [Fact]
    public void Another_certificate_than_announced_fails_both_sides_without_keys()
    {
        var pair = new Pair(announce: false);
        pair.Client.Endpoint.SetRemoteFingerprint(pair.Server.Fingerprint);
        pair.Server.Endpoint.SetRemoteFingerprint(pair.Server.Fingerprint);
        pair.Start().Run(TimeSpan.FromSeconds(1));

        Assert.Equal(DtlsState.Failed, pair.Server.State);
        Assert.Equal(DtlsState.Failed, pair.Client.State);
        Assert.Null(pair.Server.Keys);
    }

    [Fact]
    public void A_fingerprint_that_is_no_hash_never_matches()
    {
        var pair = new Pair(announce: false);
        pair.Client.Endpoint.SetRemoteFingerprint(pair.Server.Fingerprint);
        pair.Server.Endpoint.SetRemoteFingerprint(new(FingerprintAlgorithm.Sha256, ""));
        pair.Start().Run(TimeSpan.FromSeconds(1));

        Assert.Equal(DtlsState.Failed, pair.Server.State);
    }
}
