using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>A parameter or buffer whose tensor in the file has another shape or a type that is not converted.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Type">Its type.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Found">What the file has.</param>
public sealed record MismatchedWeight(string Name, ScalarType Type, IReadOnlyList<long> Shape, WeightEntry Found)
{
    /// <summary>Both sides: <c>fc.weight: Float32 [10, 512] in the model, Float32 [1000, 512] in the file</c>.</summary>
    public override string ToString() =>
        $"{Name}: {Type} {WeightShapes.Text(Shape)} in the model, {Found.Type} {WeightShapes.Text(Found.Shape)} in the file";
}
