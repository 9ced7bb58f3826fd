using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using ModelDsl.Analyzers;
using ModelDsl.Definition;
using ModelDsl.Generators.Tests.Harness;
using ModelDsl.Generators.Tests.RandomNets;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>What stays when an editor goes on: records, but no compilation, and of them no more than are still in use.</summary>
public sealed class MemoryTests
{
    private const string Source = """
        using ModelDsl;
        using static TorchSharp.torch;

        [Model]
        public partial class Block(int width)
        {
            [Linear(nameof(width)), Norm, ReLU]
            public override partial Tensor forward([Shape("N, width")] Tensor x);
        }

        [Model]
        public partial class Net
        {
            [Block<Block>, Linear(3)]
            private partial Tensor Body([Shape("N, 8")] Tensor x);
        }
        """;

    private const BindingFlags OwnFields =
        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Fact]
    public void Records_that_live_on_keep_no_compilation_alive()
    {
        var (outputs, compiler) = RunAndForget();
        Assert.NotEmpty(outputs);
        Assert.Equal([], Alive(compiler));
        GC.KeepAlive(outputs);
    }

    [Fact]
    public void What_is_remembered_dies_with_the_driver()
    {
        var (outputs, _) = RunAndForget();
        var records = outputs.Select(output => new WeakReference(output)).ToArray();
        outputs.Clear();
        Assert.Equal([], Alive(records));
    }

    [Fact]
    public void An_edit_sets_the_compilation_before_it_free()
    {
        var (run, before) = Edit();
        Assert.Equal([], Alive(before));
        GC.KeepAlive(run);
    }

    [Fact]
    public void Static_fields_are_not_written_again() => Assert.DoesNotContain(
        StaticFields(),
        field => !field.IsInitOnly && !field.IsLiteral && !IsOfLambdas(field));

    [Fact]
    public void Static_fields_hold_no_compilation_and_do_not_grow()
    {
        _ = WholeLanguage.Run();
        var before = Remembered();
        Assert.DoesNotContain(before, thing => IsOfCompilation(thing.GetType()));
        _ = ModelCompiler.Run([Source, .. Enumerable.Range(100, 20).Select(seed => NetGrammar.Draw(seed).Source)]);
        Assert.Equal(before.Count, Remembered().Count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (List<object> Outputs, WeakReference[] Compiler) RunAndForget()
    {
        var run = ModelCompiler.Run(Source);
        var outputs = StepOutputs.Of(run).Select(output => output.Value).Where(value => value.GetType().IsClass).ToList();
        var trees = run.Compilation.SyntaxTrees.Select(tree => new WeakReference(tree));
        return (outputs, [new(run.Compilation), new(run.Output), .. trees]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorRun Run, WeakReference[] Before) Edit()
    {
        var first = ModelCompiler.Run(Source);
        var tree = first.Compilation.SyntaxTrees[0];
        var next = ModelCompiler.Parse(Source.Replace("Linear(3)", "Linear(4)"), tree.FilePath);
        var run = first.Then(first.Compilation.ReplaceSyntaxTree(tree, next));
        return (run, [new(first.Compilation), new(first.Output), new(tree)]);
    }

    private static IEnumerable<string> Alive(WeakReference[] references)
    {
        for (var round = 0; round < 10 && references.Any(reference => reference.IsAlive); round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return [.. references.Select(reference => reference.Target).OfType<object>().Select(target => target.GetType().Name)];
    }

    /// <summary>Lambdas without captures are made when they are first needed, once each.</summary>
    private static bool IsOfLambdas(FieldInfo field) => field.Name.StartsWith('<') || field.DeclaringType!.Name.StartsWith('<');

    /// <summary>A table of weak references keeps what it holds no longer than others do: the tests above see to that.</summary>
    private static IReadOnlyCollection<object> Remembered() => new ObjectWalk(StaticFields()
        .Where(field => !field.IsLiteral && !IsOfLambdas(field))
        .Select(field => field.GetValue(null))
        .Where(value => value is not null && value.GetType().Name != "ConditionalWeakTable`2")).Reached;

    private static IEnumerable<FieldInfo> StaticFields() =>
        new[] { typeof(ModelDeclaration), typeof(ModelGenerator), typeof(ModelAnalyzer) }
            .SelectMany(type => type.Assembly.GetTypes())
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(OwnFields));

    private static bool IsOfCompilation(Type type) =>
        typeof(ISymbol).IsAssignableFrom(type)
        || typeof(Compilation).IsAssignableFrom(type)
        || typeof(SyntaxNode).IsAssignableFrom(type)
        || typeof(SyntaxTree).IsAssignableFrom(type)
        || typeof(Location).IsAssignableFrom(type);
}
