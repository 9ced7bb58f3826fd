namespace ModelDsl.Kernels;

/// <summary>
/// Work on independent items, shared among the threads of a team. An implementation holds pointers and sizes only: all threads
/// use the one that lies on the caller's stack.
/// </summary>
internal interface IParallelWork
{
    /// <summary>Does the items from <paramref name="first"/> up to, without, <paramref name="end"/>.</summary>
    void Do(int first, int end);
}
