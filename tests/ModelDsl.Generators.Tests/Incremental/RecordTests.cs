using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>
/// What a step hands on lives as long as the editor: it must not keep a compilation alive, and must compare by value.
/// </summary>
public sealed class RecordTests
{
    private const string Source = """
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        [Model]
        public partial class Block(int channels, Normalization norm = default)
        {
            [Conv2d(nameof(channels), 3), Norm, ReLU, Dropout(0.5), Shortcut]
            public override partial Tensor forward([Shape("N, channels, H, W")] Tensor x);
        }

        [Model, GroupNorm(Groups = 2)]
        public partial class Net(int[] widths, bool flag, int count = 2)
        {
            private int Half => count / 2;

            [Conv2d("flag ? widths[0] : 2 * Half", 3), Norm, Block<Block>(Repeat = nameof(Half)), GlobalAvgPool]
            private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);
        }

        [Model]
        public partial class Wrong
        {
            [Linear("missing")]
            private partial Tensor Body([Shape("N, 3")] Tensor x);
        }
        """;

    public static TheoryData<string> Steps => [StepNames.Read, StepNames.Contracts, StepNames.Link, StepNames.Infer, StepNames.Print];

    [Theory]
    [MemberData(nameof(Steps))]
    public void No_output_reaches_into_the_compiler(string step)
    {
        var outputs = ModelCompiler.Run(Source).Outputs(step);
        Assert.NotEmpty(outputs);
        var reached = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var (value, _) in outputs)
            Walk(value, reached);
        Assert.DoesNotContain(reached, thing => IsOfCompiler(thing.GetType()));
        Assert.True(reached.Count > 1, "the walk found nothing inside the outputs");
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Outputs_of_equal_sources_are_equal(string step)
    {
        var (first, second) = (ModelCompiler.Run(Source).Outputs(step), ModelCompiler.Run(Source).Outputs(step));
        Assert.Equal(first.Select(output => output.Value), second.Select(output => output.Value));
        Assert.Equal(first.Select(output => output.Value.GetHashCode()), second.Select(output => output.Value.GetHashCode()));
    }

    [Fact]
    public void The_walk_finds_what_an_array_hides()
    {
        var reached = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Walk(new { Items = ImmutableArray.Create<object>(ModelCompiler.Run(Source).Compilation.Assembly) }, reached);
        Assert.Contains(reached, thing => IsOfCompiler(thing.GetType()));
    }

    private static bool IsOfCompiler(Type type) =>
        typeof(ISymbol).IsAssignableFrom(type)
        || typeof(Compilation).IsAssignableFrom(type)
        || typeof(SyntaxNode).IsAssignableFrom(type)
        || typeof(SyntaxTree).IsAssignableFrom(type)
        || typeof(Location).IsAssignableFrom(type)
        || type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true;

    private static void Walk(object? value, HashSet<object> reached)
    {
        if (value is null or string || value.GetType().IsPrimitive || value is Enum || value is Pointer || !reached.Add(value) || IsOfCompiler(value.GetType()))
            return;
        if (value is IEnumerable items && value is Array)
        {
            foreach (var item in items)
                Walk(item, reached);
            return;
        }
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Walk(field.GetValue(value), reached);
        }
    }
}
