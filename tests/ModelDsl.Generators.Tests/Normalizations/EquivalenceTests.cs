using ModelDsl.Generators.Tests.Harness;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Normalizations;

/// <summary>
/// Every variant at every position: on the class, at the slot, and passed by the caller it is the module that a person would
/// write, with its names in the state dict and its numbers.
/// </summary>
public sealed class EquivalenceTests
{
    private static readonly string[] Forms = ["Class", "Slot", "Open"];

    private static readonly Lazy<LoadedModels> Models = new(() => ModelCompiler.Run(Source()).ShouldCompile().Load());

    public static TheoryData<string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string>();
            foreach (var (variant, position) in Places())
                cells.Add(variant.Attribute, position.Name);
            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void It_is_the_module_written_by_hand(string attribute, string place)
    {
        var (variant, position) = Places().Single(cell => cell.Variant.Attribute == attribute && cell.Position.Name == place);
        foreach (var form in Forms.Where(form => form != "Slot" || !position.HasProjection))
        {
            using var scope = NewDisposeScope();
            random.manual_seed(7);
            using var model = Create(form, variant, position).to(float64);
            using var hand = position.Hand(variant).to(float64);
            Agreement.Check(form, model, hand, () => rand([3, 4, Position.Rows, Position.Columns], float64) - 0.3);
        }
    }

    /// <summary>An EvoNorm stands where there is an activation.</summary>
    private static IEnumerable<(Variant Variant, Position Position)> Places() =>
        from variant in Variant.All
        from position in Position.All
        where variant.Column != Column.EvoNorm || position.HasActivation
        select (variant, position);

    private static nn.Module<Tensor, Tensor> Create(string form, Variant variant, Position position) => form == "Open"
        ? Models.Value.Create($"Open{position.Name}", variant.Choice)
        : Models.Value.Create($"{form}{position.Name}{Number(variant)}");

    private static int Number(Variant variant) => Variant.All.Select((one, index) => (one, index)).Single(entry => entry.one == variant).index;

    private static string Source() => $"""
        using ModelDsl;
        using static TorchSharp.torch;

        {string.Join("\n\n", Position.All.Select(position => Declare($"Open{position.Name}", "", position, "Norm", "Normalization norm = default")))}

        {string.Join("\n\n", Places().Select(cell => Declare($"Class{cell.Position.Name}{Number(cell.Variant)}", $", {cell.Variant.Attribute}", cell.Position, "Norm")))}

        {string.Join("\n\n", Places().Select(cell => Declare($"Slot{cell.Position.Name}{Number(cell.Variant)}", "", cell.Position, cell.Variant.Attribute)))}
        """;

    private static string Declare(string name, string variant, Position position, string slot, string parameters = "") => $$"""
        [Model{{variant}}]
        public partial class {{name}}({{parameters}})
        {
            [{{position.Layers.Replace("{0}", slot, StringComparison.Ordinal)}}]
            public override partial Tensor forward([Shape("N, 4, {{Position.Rows}}, {{Position.Columns}}")] Tensor x);
        }
        """;
}
