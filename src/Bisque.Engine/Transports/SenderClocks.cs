using Bisque.Engine.Streams;

namespace Bisque.Engine.Transports;

/// <summary>
/// The clocks of whoever sends over a transport, one for each CNAME. Bounded: CNAMEs come with producers, which the controller makes.
/// </summary>
internal sealed class SenderClocks
{
    private readonly Dictionary<string, SenderClock> _byCname = [];

    public SenderClock Get(string cname)
    {
        if (!_byCname.TryGetValue(cname, out var clock))
        {
            _byCname.Add(cname, clock = new SenderClock());
        }

        return clock;
    }
}
