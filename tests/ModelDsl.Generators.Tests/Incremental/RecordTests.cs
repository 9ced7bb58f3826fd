using System.Collections.Immutable;
using ModelDsl.Definition;
using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>
/// What a step hands on lives as long as the editor: it must not keep a compilation alive, and must compare by value.
/// </summary>
public sealed class RecordTests
{
    private static readonly Lazy<GeneratorRun> First = new(WholeLanguage.Run);

    private static readonly Lazy<GeneratorRun> Second = new(WholeLanguage.Run);

    public static TheoryData<string> Steps =>
        [StepNames.Read, StepNames.Contracts, StepNames.Link, StepNames.Infer, StepNames.Print];

    [Fact]
    public void The_sources_use_every_attribute()
    {
        var used = First.Value.Outputs(StepNames.Read)
            .SelectMany(output => ((ModelDeclaration)output.Value).Stages)
            .SelectMany(stage => stage.Layers)
            .Select(layer => layer.Attribute)
            .ToHashSet();
        Assert.Empty(WholeLanguage.AttributeNames.Except(used));
        Assert.Contains("Block", used);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void No_output_reaches_into_the_compiler(string step)
    {
        var outputs = First.Value.Outputs(step);
        Assert.NotEmpty(outputs);
        var walk = new ObjectWalk(outputs.Select(output => output.Value));
        Assert.Empty(walk.CompilerTypes);
    }

    [Fact]
    public void Nothing_between_the_named_steps_reaches_into_the_compiler()
    {
        var outputs = StepOutputs.Of(First.Value);
        Assert.Contains(outputs, output => output.Step.Length == 0);
        Assert.True(outputs.Select(output => output.Value.GetType()).Distinct().Count() > 5, "unnamed steps were not found");
        Assert.Empty(new ObjectWalk(outputs.Select(output => output.Value)).CompilerTypes);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Outputs_of_equal_sources_are_equal(string step)
    {
        var (first, second) = (First.Value.Outputs(step), Second.Value.Outputs(step));
        Assert.Equal(first.Select(output => output.Value), second.Select(output => output.Value));
        Assert.Equal(first.Select(output => output.Value.GetHashCode()), second.Select(output => output.Value.GetHashCode()));
        Assert.NotSame(first[0].Value, second[0].Value);
    }

    [Fact]
    public void The_walk_finds_what_an_array_hides()
    {
        var walk = new ObjectWalk(new { Items = ImmutableArray.Create<object>(First.Value.Compilation.Assembly) });
        Assert.NotEmpty(walk.CompilerTypes);
    }

    [Fact]
    public void The_walk_finds_what_a_closure_hides()
    {
        var symbol = First.Value.Compilation.Assembly;
        Assert.NotEmpty(new ObjectWalk((Func<string>)(() => symbol.Name)).CompilerTypes);
    }
}
