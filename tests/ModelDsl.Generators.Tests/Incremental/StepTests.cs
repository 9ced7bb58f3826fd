using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelDsl.Generators.Tests.Harness;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>What re-runs at an edit. The reasons of a step are those of the models in order of their files.</summary>
public sealed class StepTests
{
    private const string Block = """
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        [Model]
        public partial class Block(int width)
        {
            [Linear(nameof(width)), ReLU]
            public override partial Tensor forward([Shape("N, width")] Tensor x);
        }
        """;

    private const string Net = """
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        [Model]
        public partial class Net
        {
            [Block<Block>]
            private partial Tensor Body([Shape("N, 8")] Tensor x);
        }
        """;

    private const string Other = """
        namespace Samples;

        public static class Other
        {
            public static int Value => 1;
        }
        """;

    private static readonly string[] AfterRead = [StepNames.Contracts, StepNames.Link, StepNames.Infer, StepNames.Print];

    [Fact]
    public void The_same_compilation_twice_is_all_cached()
    {
        var first = ModelCompiler.Run(Block, Net, Other).ShouldCompile();
        var second = first.Then(first.Compilation);
        Assert.All([StepNames.Read, .. AfterRead], step => Assert.All(second.Reasons(step), reason => Assert.Equal(Cached, reason)));
        Assert.Equal(2, second.Reasons(StepNames.Print).Count);
    }

    [Fact]
    public void A_comment_in_a_models_file_is_read_and_nothing_follows()
    {
        var edited = Edit(0, Block.Replace("[Linear", "// A comment.\n    [Linear"));
        Assert.Equal([Unchanged, Unchanged], Read(edited));
        Assert.All(AfterRead, step => Assert.All(edited.Reasons(step), reason => Assert.Equal(Cached, reason)));
    }

    [Fact]
    public void An_edit_in_an_unrelated_file_changes_nothing_after_read()
    {
        var edited = Edit(2, Other.Replace("=> 1", "=> 2"));
        Assert.Equal([Unchanged, Unchanged], Read(edited));
        Assert.All(AfterRead, step => Assert.All(edited.Reasons(step), reason => Assert.Equal(Cached, reason)));
    }

    [Fact]
    public void A_blocks_new_contract_regenerates_the_model_that_nests_it()
    {
        var edited = Edit(0, Block.Replace("[Linear(nameof(width)), ReLU]", "[Linear($\"2 * {nameof(width)}\"), ReLU]"));
        Assert.Equal([Modified, Unchanged], Read(edited));
        Assert.Equal([Modified, Modified], edited.Reasons(StepNames.Link));
        Assert.Equal([Modified, Modified], edited.Reasons(StepNames.Print));
        Assert.Contains("[N, 8] to [N, 16]", edited.FileNamed("Samples.Net.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_that_keeps_its_contract_leaves_the_model_that_nests_it_alone()
    {
        var edited = Edit(0, Block.Replace("Tensor x", "Tensor features"));
        Assert.Equal([Modified, Unchanged], Read(edited));
        Assert.Equal([Unchanged], edited.Reasons(StepNames.Contracts));
        Assert.Equal([Modified, Cached], Settled(edited, StepNames.Link));
        Assert.Equal([Modified, Cached], Settled(edited, StepNames.Infer));
        Assert.Equal([Modified, Cached], Settled(edited, StepNames.Print));
    }

    [Fact]
    public void A_second_model_leaves_the_first_as_it_was()
    {
        var first = ModelCompiler.Run(Block);
        var second = first.Then(first.Compilation.AddSyntaxTrees(ModelCompiler.Parse(Net.Replace("[Block<Block>]", "[Linear(3)]"), "Added.cs")));
        Assert.Equal([Cached, New], Settled(second, StepNames.Link));
        Assert.Equal([Cached, New], second.Reasons(StepNames.Infer));
        Assert.Equal([Cached, New], second.Reasons(StepNames.Print));
        Assert.Same(Text(first, 0), Text(second, 0));
    }

    [Fact]
    public void A_removed_model_takes_its_file_with_it()
    {
        var first = ModelCompiler.Run(Block, Net.Replace("[Block<Block>]", "[Linear(3)]"));
        var second = first.Then(first.Compilation.RemoveSyntaxTrees(first.Compilation.SyntaxTrees[1]));
        Assert.Equal(["Samples.Block.g.cs"], second.Files.Select(file => file.HintName));
        Assert.Equal(Cached, second.Reasons(StepNames.Print)[0]);
    }

    private static GeneratorRun Edit(int file, string text)
    {
        var run = ModelCompiler.Run(Block, Net, Other).ShouldCompile();
        CSharpCompilation before = run.Compilation;
        var old = before.SyntaxTrees[file];
        return run.Then(before.ReplaceSyntaxTree(old, ModelCompiler.Parse(text, old.FilePath))).ShouldCompile();
    }

    private static object Text(GeneratorRun run, int file) => run.Files[file].SourceText;

    private static IReadOnlyList<IncrementalStepRunReason> Read(GeneratorRun run) => Settled(run, StepNames.Read, Unchanged);

    /// <summary>Whether an unchanged output was computed again, or was not even asked for, is the driver's to decide.</summary>
    private static IReadOnlyList<IncrementalStepRunReason> Settled(GeneratorRun run, string step, IncrementalStepRunReason same = Cached) =>
        [.. run.Reasons(step).Select(reason => reason is Cached or Unchanged ? same : reason)];
}
