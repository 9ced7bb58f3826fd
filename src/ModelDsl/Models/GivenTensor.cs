using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// A tensor on its way from a caller that has no more use for it to what is called, which frees it at its last use instead of
/// holding it until it returns. Between the two nothing runs but the check of its shape: a stage is called directly, and a model
/// with hooks is given nothing, as they may look at its input before and after.
/// </summary>
internal static class GivenTensor
{
    [ThreadStatic]
    private static Tensor? _tensor;

    [ThreadStatic]
    private static object? _receiver;

    /// <summary>Gives a tensor to what is called next.</summary>
    /// <param name="tensor">
    /// The tensor; null where it is not the caller's. The caller frees it in any case, also where the call throws.
    /// </param>
    /// <param name="receiver">What is called: the model for one of its stages, a block, or repeated blocks.</param>
    /// <returns>The tensor itself, as the argument of the call.</returns>
    [return: NotNullIfNotNull(nameof(tensor))]
    public static Tensor? Give(Tensor? tensor, object receiver)
    {
        (_tensor, _receiver) = tensor is null ? (null, null) : (tensor, receiver);
        return tensor;
    }

    /// <summary>As <see cref="Give"/>, if the receiver is able to take it.</summary>
    [return: NotNullIfNotNull(nameof(tensor))]
    public static Tensor? Offer(Tensor? tensor, object receiver) =>
        receiver is IGivenTensorReceiver { CanTakeOver: true } ? Give(tensor, receiver) : tensor;

    /// <summary>Gives on what was given to <paramref name="from"/>, if it was.</summary>
    public static Tensor PassOn(Tensor tensor, object from, object receiver)
    {
        if (Take(tensor, from) is not null)
            Offer(tensor, receiver);
        return tensor;
    }

    /// <summary>Before a call that was given a tensor fails: neither tensor nor receiver is kept.</summary>
    public static void Forget() => (_tensor, _receiver) = (null, null);

    /// <summary>The tensor if it was given to the receiver, which then frees it; else null, and it stays the caller's.</summary>
    public static Tensor? Take(Tensor tensor, object receiver)
    {
        if (!ReferenceEquals(_tensor, tensor) || !ReferenceEquals(_receiver, receiver))
            return null;
        (_tensor, _receiver) = (null, null);
        return tensor;
    }
}
