using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>A tensor in a file of weights.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Shape">Its sizes; empty for a single value.</param>
public sealed record WeightEntry(string Name, ScalarType Type, IReadOnlyList<long> Shape)
{
    /// <summary>The number of its values.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>As in <c>conv1.weight Float32 [64, 3, 7, 7]</c>.</summary>
    public override string ToString() => $"{Name} {Type} {WeightShapes.Text(Shape)}";
}
