using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace ModelDsl.Kernels;

/// <summary>One piece of work in the hands of a team: it lies on the caller's stack, which outlives the team's work on it.</summary>
internal unsafe struct TeamJob
{
    private readonly void* _work;
    private readonly delegate* managed<void*, int, int, void> _do;
    private readonly int _items;
    private readonly int _chunk;
    private int _next;
    private nint _failure;

    public TeamJob(void* work, delegate* managed<void*, int, int, void> @do, int items, int chunk)
    {
        _work = work;
        _do = @do;
        (_items, _chunk) = (items, chunk);
    }

    /// <summary>Takes chunks of the work until none is left. Never throws: native code calls it.</summary>
    public void Drain()
    {
        try
        {
            int first;
            while ((first = Interlocked.Add(ref _next, _chunk) - _chunk) < _items)
                _do(_work, first, Math.Min(_items, first + _chunk));
        }
        catch (Exception exception)
        {
            Keep(ExceptionDispatchInfo.Capture(exception));
        }
    }

    /// <summary>Throws what a thread of the team met, on the caller's.</summary>
    public readonly void Rethrow()
    {
        if (_failure == 0)
            return;
        var handle = GCHandle.FromIntPtr(_failure);
        var failure = (ExceptionDispatchInfo)handle.Target!;
        handle.Free();
        failure.Throw();
    }

    private void Keep(ExceptionDispatchInfo failure)
    {
        var handle = GCHandle.Alloc(failure);
        if (Interlocked.CompareExchange(ref _failure, GCHandle.ToIntPtr(handle), 0) != 0)
            handle.Free();
    }
}
