namespace ModelDsl.Benchmarks.Kernels;

/// <summary>A layer to time, at several shapes.</summary>
/// <param name="Layer">What is timed.</param>
/// <param name="Against">What it is compared with.</param>
/// <param name="Shapes">The shapes of the input.</param>
/// <param name="Build">Both ways to compute it at a shape.</param>
internal sealed record KernelCase(string Layer, string Against, long[][] Shapes, Func<long[], LayerPair> Build);
