using Bisque.Net;
using Bisque.Primitives;

namespace Bisque.Engine.Internal;

/// <summary>
/// Connects a state machine's <c>NextDeadline</c> with the loop: after whatever may have moved the deadline, call
/// <see cref="Schedule"/>. A fault in the callback is the owning transport's and reaches nobody else.
/// </summary>
internal sealed class DeadlineTimer
{
    private readonly WorkerContext _context;
    private readonly Transport _owner;
    private readonly Action<MonotonicTime> _onDeadline;
    private readonly LoopTimer _timer;

    public DeadlineTimer(WorkerContext context, Transport owner, Action<MonotonicTime> onDeadline)
    {
        _context = context;
        _owner = owner;
        _onDeadline = onDeadline;
        _timer = context.Loop.CreateTimer(Run);
    }

    /// <summary>Moves the timer; <see cref="MonotonicTime.Never"/> stops it.</summary>
    public void Schedule(MonotonicTime deadline)
    {
        if (deadline == MonotonicTime.Never)
        {
            _timer.Stop();
        }
        else if (!_timer.IsActive || _timer.Deadline != deadline)
        {
            _timer.Start(deadline);
        }
    }

    public void Stop() => _timer.Stop();

    private void Run()
    {
        try
        {
            _context.InjectFault?.Invoke(FaultPoint.Timer, _owner);
            _onDeadline(_context.Now);
        }
        catch (Exception fault)
        {
            _owner.OnFault(fault);
        }
    }
}
