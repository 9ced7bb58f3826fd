using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>The type that statistics are computed in.</summary>
internal static class Precision
{
    /// <summary>The tensor in float32 where its type is narrower, which overflows or stalls in sums; itself elsewhere.</summary>
    public static Tensor Widened(Tensor input) => input.to(promote_types(input.dtype, ScalarType.Float32));
}
