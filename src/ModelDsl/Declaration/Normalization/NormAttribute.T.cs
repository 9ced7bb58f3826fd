using TorchSharp;

namespace ModelDsl;

/// <summary>
/// A normalization of one's own: a module with a public constructor that takes the <see cref="NormalizationSite"/> that it is
/// built for.
/// </summary>
/// <remarks>
/// <code>
/// [Conv2d(16, 3), Norm&lt;UnitNorm&gt;, ReLU]     // new UnitNorm(new NormalizationSite("Net.Stem", 16, 4, 1))
/// </code>
/// Its parameters count as affine normalization parameters, for SAM-ON, weight decay and freezing.
/// </remarks>
/// <typeparam name="T">The module.</typeparam>
public sealed class NormAttribute<T> : NormalizationAttribute
    where T : torch.nn.Module<torch.Tensor, torch.Tensor>;
