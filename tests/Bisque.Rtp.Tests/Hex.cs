namespace Bisque.Rtp.Tests;

/// <summary>Byte vectors written the way RFCs draw them: in groups, with spaces.</summary>
internal static class Hex
{
    public static byte[] Bytes(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
