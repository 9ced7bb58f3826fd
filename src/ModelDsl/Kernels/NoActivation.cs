using System.Numerics;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>No activation.</summary>
internal readonly struct NoActivation : IFusedActivation
{
    public static bool IsIdentity => true;

    public static Vector<float> Apply(Vector<float> value) => value;

    public static Vector<float> Differentiate(Vector<float> value, Vector<float> gradient) => gradient;

    public static Vector<int> Passes(Vector<float> value) => Vector<int>.AllBitsSet;

    public static Tensor Apply(Tensor value) => value;

    public static Tensor Differentiate(Tensor value, Tensor gradient) => gradient;
}
