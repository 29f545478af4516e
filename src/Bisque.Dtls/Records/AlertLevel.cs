namespace Bisque.Dtls.Records;

/// <summary>How grave an alert is (RFC 5246 section 7.2).</summary>
internal enum AlertLevel : byte
{
    Warning = 1,
    Fatal = 2,
}
