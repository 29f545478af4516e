namespace Bisque.Congestion.TransportWide;

/// <summary>The share of lost packets over the latest feedback packets, newer ones weighing more.</summary>
internal sealed class PacketLossHistory
{
    public const int Capacity = 24;

    private readonly double[] _shares = new double[Capacity];
    private int _count;
    private int _next;

    /// <summary>0 to 1: the n-th oldest feedback packet has weight n.</summary>
    public double Average { get; private set; }

    public void Add(int lost, int expected)
    {
        if (expected <= 0)
        {
            return;
        }

        _shares[_next] = (double)lost / expected;
        _next = (_next + 1) % Capacity;
        _count = Math.Min(_count + 1, Capacity);
        Average = ComputeAverage();
    }

    private double ComputeAverage()
    {
        var sum = 0.0;
        var weights = 0;
        var oldest = (_next - _count + Capacity) % Capacity;
        for (var weight = 1; weight <= _count; weight++)
        {
            sum += weight * _shares[(oldest + weight - 1) % Capacity];
            weights += weight;
        }

        return sum / weights;
    }
}
