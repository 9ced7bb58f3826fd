using ModelDsl.Definition;
using ModelDsl.Generators.Tests.Harness;
using static ModelDsl.Generators.Tests.Sizes.Scopes;

namespace ModelDsl.Generators.Tests.Contracts;

/// <summary>The text of a contract, and texts that are none.</summary>
public sealed class ContractTextTests
{
    private const string Text = """
        contract 3
        parameters: width, class, wide, depths, norm
        input: [N, width, H, ?]; channels at 1
        output: [N, 2 * width, (H + 1) / 2, ?]; channels at 1; perhaps the input itself
        path:
          Convolution channels: 2 * width; kernel: 3; stride: index == 0 ? 2 : 1; padding: 1
          Normalization channels: 2 * width; norm: norm else tracked Group(channelsPerGroup: 8)
          Block repeat: depths[0]
            Residual channels: @class; stride: 1; norm: Custom(global::Samples.Own<int, global::Samples.A>); identity: width == @class && !(wide); projection
              Optional when: wide
                Activation
          Linear
        """;

    private static readonly EquatableArray<ParameterDeclaration> Parameters = new[]
    {
        Parameter("width", ParameterKind.Integer),
        Parameter("class", ParameterKind.Integer),
        Parameter("wide", ParameterKind.Boolean),
        Parameter("depths", ParameterKind.IntegerArray),
        Parameter("norm", ParameterKind.Normalization),
    }.ToEquatableArray();

    [Fact]
    public void A_text_says_what_it_says()
    {
        var contract = Read(Text)!;
        Assert.Equal(("Samples.Own", "Own", 1, 1, true),
            (contract.MetadataName, contract.Name, contract.InputAxis!.Value, contract.OutputAxis!.Value, contract.MayReturnInput));
        Assert.Equal("N, width, H, ?", $"{contract.Input}");
        Assert.Null(contract.Input!.Axes[3].Size);
        Assert.Equal([PathStepKind.Convolution, PathStepKind.Normalization, PathStepKind.Block, PathStepKind.Linear], contract.Path.Select(step => step.Kind));
        Assert.Equal(
            new NormalizationChoice(NormalizationKind.Group, 0, 8, true, "norm", null), contract.Path[1].Normalization);
        var residual = contract.Path[2].Inner[0];
        Assert.True(residual.HasProjection);
        Assert.Equal(ModelDsl.Definition.Size.Symbol("@class"), residual.Channels);
        Assert.Equal("global::Samples.Own<int, global::Samples.A>", residual.Normalization!.Module);
        Assert.Equal(new FlagCondition("wide"), residual.Inner[0].Identity);
        Assert.Equal(PathStepKind.Activation, residual.Inner[0].Inner[0].Kind);
        Assert.Equal(Text, ModelContractText.Write(contract));
    }

    [Fact]
    public void Lines_may_end_as_in_other_systems() => Assert.Equal(Read(Text), Read(Text.Replace("\n", "\r\n")));

    [Fact]
    public void A_scalar_and_an_unknown_shape_are_told_apart()
    {
        var contract = Read("contract 3\nparameters: width, class, wide, depths, norm\ninput: ?\noutput: []")!;
        Assert.Null(contract.Input);
        Assert.Equal(0, contract.Output!.Rank);
    }

    [Fact]
    public void Leading_axes_are_open()
    {
        var contract = Read(Text.Replace("[N, width, H, ?]", "[..., width]"))!;
        Assert.True(contract.Input!.IsOpen);
        Assert.Contains("input: [..., width]; channels at 1", ModelContractText.Write(contract), StringComparison.Ordinal);
        Assert.Null(Read(Text.Replace("[N, width, H, ?]", "[N, ..., width]")));
    }

    [Theory]
    [InlineData("contract 3", "contract 1")]
    [InlineData("contract 3", "")]
    [InlineData("width, class", "class, width")]
    [InlineData("class, wide,", "class,")]
    [InlineData("[N, width", "N, width")]
    [InlineData("[N, width, H, ?]", "[N, missing, H, ?]")]
    [InlineData("[N, width, H, ?]", "[")]
    [InlineData("H, ?]; channels at 1\n", "H, ?]; channels at 4\n")]
    [InlineData("H, ?]; channels at 1\n", "H, ?]; channels at -1\n")]
    [InlineData("H, ?]; channels at 1\n", "H, ?]; perhaps the input itself\n")]
    [InlineData("output:", "outputs:")]
    [InlineData("path:", "paths:")]
    [InlineData("Convolution", "Convolutions")]
    [InlineData("Convolution", "0")]
    [InlineData("kernel: 3", "kernel: three")]
    [InlineData("kernel: 3", "kernels: 3")]
    [InlineData("kernel: 3", "kernel")]
    [InlineData("kernel: 3", "kernel: 3 / 0")]
    [InlineData("Group(", "Groups(")]
    [InlineData("Group(channelsPerGroup: 8)", "Group(channelsPerGroup: eight)")]
    [InlineData("Group(channelsPerGroup: 8)", "Group)")]
    [InlineData("Group(channelsPerGroup: 8)", "2(channelsPerGroup: 8)")]
    [InlineData("width == @class", "width = @class")]
    [InlineData("when: wide", "when: width")]
    [InlineData("  Linear", "   Linear")]
    [InlineData("  Linear", "            Linear")]
    [InlineData("  Linear", "Linear")]
    public void Anything_else_is_no_contract(string written, string wrong) => Assert.Null(Read(Text.Replace(written, wrong)));

    [Fact]
    public void A_text_that_is_cut_off_anywhere_is_read_or_not_but_nothing_is_thrown()
    {
        for (var length = 0; length < Text.Length; length++)
        {
            Read(Text[..length]);
            Read(Text[length..]);
            Read(Text.Remove(length, 1));
        }
    }

    [Fact]
    public void What_no_generator_wrote_is_refused_before_it_costs_the_editor_its_stack()
    {
        var head = string.Join('\n', Text.Split('\n')[..5]);
        Assert.Null(Read(head + string.Concat(Enumerable.Range(1, 5000).Select(depth => $"\n{new string(' ', 2 * depth)}Block"))));
        Assert.Null(Read(head + string.Concat(Enumerable.Repeat("\n  Activation", 100_000))));
        Assert.Null(Read(Text.Replace("kernel: 3", $"kernel: {new string('(', 5000)}3{new string(')', 5000)}")));
    }

    [Fact]
    public void A_size_that_would_read_back_as_another_is_not_written()
    {
        var product = Enumerable.Range(0, 20).Aggregate(
            ModelDsl.Definition.Size.One, (size, index) => size * (ModelDsl.Definition.Size.Symbol($"A{index}") + ModelDsl.Definition.Size.One));
        var contract = Read(Text)! with { Output = Shape.Of(product, ModelDsl.Definition.Size.Symbol("unbound"), Size("a"), ModelDsl.Definition.Size.Symbol("#0")) };
        Assert.Contains("output: [?, ?, ?, ?]; channels at 1", ModelContractText.Write(contract), StringComparison.Ordinal);
    }

    private static ModelContract? Read(string text) => ModelContractReader.Read(text, "Samples.Own", "Own", Parameters, default);

    private static ParameterDeclaration Parameter(string name, ParameterKind kind) => new(name, kind, HasDefault: false, DefaultValue: null);
}
