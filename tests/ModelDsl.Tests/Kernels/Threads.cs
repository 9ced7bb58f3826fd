using static TorchSharp.torch;

namespace ModelDsl.Tests.Kernels;

/// <summary>Sets libtorch's number of threads, and sets it back.</summary>
internal sealed class Threads : IDisposable
{
    private readonly int _before = get_num_threads();

    public Threads(int count) => set_num_threads(count);

    public void Dispose() => set_num_threads(_before);
}
