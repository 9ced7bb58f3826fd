using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// A normalization layer that records, during the ordinary backward pass, the squared norm of every example's own gradient of
/// the layer's affine parameters.
/// </summary>
public interface ITrackedNormalization
{
    /// <summary>
    /// The layer's weight and bias as they are now (moving the layer replaces them). Their <c>grad</c> is the sum over the
    /// examples whose norms are recorded.
    /// </summary>
    IReadOnlyList<Parameter> AffineParameters { get; }

    /// <summary>Whether forward passes in training mode are recorded. Default: true.</summary>
    bool IsTracking { get; set; }

    /// <summary>
    /// The squared gradient norms of the examples that went backward since the last call, weight and bias added up, in order
    /// of the forward passes: <c>[N]</c>, in float32 or wider, or null where none did. Gradients are those of the loss as it
    /// stood: with a mean over N examples each is 1/N of the example's own. What was recorded is forgotten, also forward passes
    /// that no backward pass has reached. The caller disposes the result.
    /// </summary>
    Tensor? TakePerExampleSquaredGradientNorms();
}
