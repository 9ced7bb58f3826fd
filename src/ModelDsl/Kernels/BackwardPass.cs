namespace ModelDsl.Kernels;

/// <summary>The backward pass of libtorch that runs on this thread.</summary>
internal static unsafe class BackwardPass
{
    private static readonly nint Library =
        LoadedLibraries.Open(LoadedLibraries.Find("libtorch_cpu").Concat(LoadedLibraries.Find("torch_cpu")).FirstOrDefault());

    /// <summary>torch::autograd::get_current_graph_task_keep_graph, as the compilers of Linux or Windows name it.</summary>
    private static readonly delegate* unmanaged<byte> Keeps = (delegate* unmanaged<byte>)(
        LoadedLibraries.Export(Library, "_ZN5torch8autograd33get_current_graph_task_keep_graphEv") is var address and not 0
            ? address
            : LoadedLibraries.Export(Library, "?get_current_graph_task_keep_graph@autograd@torch@@YA_NXZ"));

    /// <summary>
    /// Whether the graph can be gone through again: <c>retain_graph</c>. True also where libtorch can't be asked, and outside a
    /// backward pass.
    /// </summary>
    public static bool KeepsGraph => Keeps == null || Keeps() != 0;
}
