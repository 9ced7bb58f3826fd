using ModelDsl.Generators.Tests.Harness;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Normalizations;

/// <summary>
/// Every variant at every position: on the class, at the slot, and passed by the caller it is the module that a person would write,
/// with its names in the state dict and its numbers.
/// </summary>
public sealed class EquivalenceTests
{
    private const double Tolerance = 1e-12;

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
            Assert.Equal(hand.state_dict().Keys, model.state_dict().Keys);
            CopyWeights(model, hand);
            foreach (var isTraining in new[] { true, false, true })
            {
                model.train(isTraining);
                hand.train(isTraining);
                Compare(form, model, hand, rand([3, 4, Position.Rows, Position.Columns], float64) - 0.3);
            }
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

    /// <summary>Random weights everywhere, so that no layer's initial values make a mistake invisible.</summary>
    private static void CopyWeights(nn.Module from, nn.Module to)
    {
        using var noGradients = no_grad();
        var target = to.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        foreach (var (name, parameter) in from.named_parameters())
        {
            parameter.uniform_(-0.7, 0.9);
            target[name].copy_(parameter);
        }
    }

    private static void Compare(string form, nn.Module<Tensor, Tensor> model, nn.Module<Tensor, Tensor> hand, Tensor values)
    {
        var (inputOfModel, inputOfHand) = (values.clone().requires_grad_(), values.clone().requires_grad_());
        var (output, expected) = (model.call(inputOfModel), hand.call(inputOfHand));
        AssertClose(expected, output, $"{form}: output");
        model.zero_grad();
        hand.zero_grad();
        var weights = rand(output.shape, float64);
        (output * weights).sum().backward();
        (expected * weights).sum().backward();
        AssertClose(inputOfHand.grad!, inputOfModel.grad!, $"{form}: gradient of the input");
        var gradients = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.grad!);
        Assert.All(hand.named_parameters(), entry => AssertClose(entry.parameter.grad!, gradients[entry.name], $"{form}: gradient of {entry.name}"));
        var state = model.state_dict();
        Assert.All(hand.state_dict(), entry => AssertClose(entry.Value.to(float64), state[entry.Key].to(float64), $"{form}: {entry.Key}"));
    }

    private static void AssertClose(Tensor expected, Tensor actual, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        var difference = (expected - actual).abs().max().item<double>();
        Assert.True(difference <= Tolerance * Math.Max(1, expected.abs().max().item<double>()), $"{what} differs by {difference:g3}");
    }
}
