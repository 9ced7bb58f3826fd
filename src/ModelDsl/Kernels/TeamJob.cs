using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace ModelDsl.Kernels;

/// <summary>
/// One piece of work in the hands of a team: it lies on the caller's stack, which outlives the team's work on it.
/// </summary>
internal unsafe struct TeamJob
{
    /// <summary>From one count to the next, in integers: each has a cache line of its own.</summary>
    public const int Stride = 16;

    private readonly void* _work;
    private readonly delegate* managed<void*, int, int, void> _do;
    private readonly int _items;
    private readonly int _chunk;
    private readonly int* _taken;
    private readonly int _threads;
    private nint _failure;

    /// <summary>A piece of work.</summary>
    /// <param name="work">The work.</param>
    /// <param name="do">Does some items of it.</param>
    /// <param name="items">How many items there are.</param>
    /// <param name="chunk">How many are taken at a time.</param>
    /// <param name="taken">For each thread the chunks taken of its share, 0 at first; <see cref="Stride"/> apart.</param>
    /// <param name="threads">Threads in the team.</param>
    public TeamJob(void* work, delegate* managed<void*, int, int, void> @do, int items, int chunk, int* taken, int threads)
    {
        _work = work;
        _do = @do;
        (_items, _chunk, _threads) = (items, chunk, threads);
        _taken = taken;
    }

    /// <summary>Takes chunks of the work until none is left. Never throws: native code calls it.</summary>
    /// <param name="thread">The thread's number in the team.</param>
    public void Drain(int thread)
    {
        try
        {
            // Its own share first: the operations before and after had the same memory in the same thread's cache.
            for (var other = 0; other < _threads; other++)
                DrainShare((thread + other) % _threads);
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

    private readonly void DrainShare(int owner)
    {
        var chunks = ((long)_items + _chunk - 1) / _chunk;
        var (first, end) = ((int)(chunks * owner / _threads), (int)(chunks * (owner + 1) / _threads));
        int chunk;
        while ((chunk = first + Interlocked.Increment(ref _taken[owner * Stride]) - 1) < end)
            _do(_work, chunk * _chunk, Math.Min(_items, (chunk + 1) * _chunk));
    }

    private void Keep(ExceptionDispatchInfo failure)
    {
        var handle = GCHandle.Alloc(failure);
        if (Interlocked.CompareExchange(ref _failure, GCHandle.ToIntPtr(handle), 0) != 0)
            handle.Free();
    }
}
