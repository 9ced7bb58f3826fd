using System.Numerics;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>An activation that is compiled into the loops of a kernel.</summary>
internal interface IFusedActivation
{
    /// <summary>Whether it is the identity, so that a kernel may leave steps out.</summary>
    static abstract bool IsIdentity { get; }

    /// <summary>The activation of <paramref name="value"/>.</summary>
    static abstract Vector<float> Apply(Vector<float> value);

    /// <summary>The gradient for the activation's input.</summary>
    /// <param name="value">Its input.</param>
    /// <param name="gradient">The gradient for its output.</param>
    static abstract Vector<float> Differentiate(Vector<float> value, Vector<float> gradient);

    /// <summary>
    /// The lanes where the gradient passes unchanged, all ones; elsewhere it is 0. Only for activations of which that is true.
    /// </summary>
    static abstract Vector<int> Passes(Vector<float> value);

    /// <summary>The activation by libtorch's operations.</summary>
    static abstract Tensor Apply(Tensor value);

    /// <summary>The gradient for the activation's input by libtorch's operations.</summary>
    static abstract Tensor Differentiate(Tensor value, Tensor gradient);
}
