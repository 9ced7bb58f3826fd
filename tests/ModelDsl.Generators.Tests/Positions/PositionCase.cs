using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Positions;

/// <summary>Layers over positions, an input for them, and what TorchSharp makes of it when it is called directly.</summary>
/// <param name="Layers">The attributes, as they stand in a declaration.</param>
/// <param name="Input">The shape of the input, <c>[N, C, ...]</c>.</param>
/// <param name="Expected">The output for an input, with the model's own parameters by their names.</param>
public sealed record PositionCase(string Layers, long[] Input, Func<Tensor, IReadOnlyDictionary<string, Tensor>, Tensor> Expected)
{
    private static readonly string[] PositionNames = ["T", "H, W", "D, H, W"];

    /// <summary>The constructor's parameters with their values.</summary>
    public (string Name, long Value)[] Parameters { get; init; } = [];

    /// <summary>The size of every symbol that a shape may hold.</summary>
    public IReadOnlyDictionary<string, long> Sizes => FreeAxes.Split(", ")
        .Zip(Input.Skip(2))
        .Append(("N", Input[0]))
        .Concat(Parameters)
        .ToDictionary(size => size.Item1, size => size.Item2);

    private string FreeAxes => PositionNames[Input.Length - 3];

    /// <summary>The declaration, with positions that are free or of the input's sizes.</summary>
    public string Declare(string name, bool isFree)
    {
        var axes = isFree ? $"N, {Input[1]}, {FreeAxes}" : $"N, {string.Join(", ", Input.Skip(1))}";
        return $$"""
            [Model]
            public partial class {{name}}({{string.Join(", ", Parameters.Select(parameter => $"int {parameter.Name} = {parameter.Value}"))}})
            {
                [{{Layers}}]
                public override partial Tensor forward([Shape("{{axes}}", Layout = Layout.ChannelsFirst)] Tensor x);
            }
            """;
    }

    public override string ToString() => Layers;
}
