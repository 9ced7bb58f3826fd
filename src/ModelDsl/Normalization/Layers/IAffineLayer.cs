using TorchSharp.Modules;

namespace ModelDsl;

/// <summary>What tags ask of this library's own normalizations, those that parametrize a weight included.</summary>
internal interface IAffineLayer
{
    /// <summary>The variant.</summary>
    NormalizationVariant Variant { get; }

    /// <summary>The parameters that scale and shift what is normalized.</summary>
    IReadOnlyList<Parameter> AffineParameters { get; }
}
