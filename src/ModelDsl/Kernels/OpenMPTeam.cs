using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>
/// Runs work on the OpenMP threads of libtorch itself. They go on spinning for a while after each of libtorch's operations, so
/// threads of .NET's own would compete with them for the processors.
/// </summary>
internal static unsafe class OpenMPTeam
{
    private static readonly nint Library = Find();

    private static readonly delegate* unmanaged<delegate* unmanaged<void*, void>, void*, uint, uint, void> Parallel =
        (delegate* unmanaged<delegate* unmanaged<void*, void>, void*, uint, uint, void>)Export("GOMP_parallel");

    private static readonly delegate* unmanaged<int> ThreadNumber = (delegate* unmanaged<int>)Export("omp_get_thread_num");

    /// <summary>Whether libtorch's OpenMP library was found: GNU's, which libtorch brings on Linux.</summary>
    public static bool IsAvailable => Parallel != null && ThreadNumber != null;

    /// <summary>
    /// Does the items in chunks, with as many threads as libtorch uses (<c>torch.get_num_threads()</c>), and returns when all
    /// are done. As in libtorch's operations, each thread begins with its own share of the items, in order; a thread that is
    /// through takes from the others' shares, so which does which chunk is open. Allocates nothing, and may be called by several
    /// threads at once.
    /// </summary>
    /// <typeparam name="TWork">The kind of work, compiled into the loop.</typeparam>
    /// <param name="work">The work.</param>
    /// <param name="items">How many items it has.</param>
    /// <param name="chunk">How many items a thread takes at a time.</param>
    /// <exception cref="Exception">What <paramref name="work"/> throws.</exception>
    public static void Run<TWork>(TWork work, int items, int chunk = 1)
        where TWork : unmanaged, IParallelWork
    {
        var threads = items > chunk && IsAvailable ? get_num_threads() : 1;
        var taken = stackalloc int[threads * TeamJob.Stride];
        new Span<int>(taken, threads * TeamJob.Stride).Clear();
        var job = new TeamJob(&work, &Do<TWork>, items, chunk, taken, threads);
        if (threads > 1)
            Parallel(&Enter, &job, (uint)threads, 0);
        else
            job.Drain(0);
        job.Rethrow();
    }

    [UnmanagedCallersOnly]
    private static void Enter(void* job) => ((TeamJob*)job)->Drain(ThreadNumber());

    private static void Do<TWork>(void* work, int first, int end)
        where TWork : unmanaged, IParallelWork => ((TWork*)work)->Do(first, end);

    private static nint Find()
    {
        // Of several, the one beside libtorch.
        var folder = Path.GetDirectoryName(LoadedLibraries.Find("libtorch_cpu").FirstOrDefault());
        var candidates = LoadedLibraries.Find("libgomp");
        var beside = candidates.Find(path => Path.GetDirectoryName(path) == folder);
        return LoadedLibraries.Open(beside ?? candidates.FirstOrDefault());
    }

    private static nint Export(string name) => LoadedLibraries.Export(Library, name);
}
