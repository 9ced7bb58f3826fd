using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using ModelDsl.Definition;
using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>Nets that are compiled together: without a finding, without a warning, and then run.</summary>
internal static class NetBatch
{
    /// <summary>What is wrong with each net that fails.</summary>
    public static IReadOnlyList<NetFailure> Check(IReadOnlyList<Net> nets, NetClock clock)
    {
        if (nets.Count == 0)
            return [];
        var run = clock.Measure("compile", () =>
            ModelCompiler.Run([.. nets.Select(net => net.Source), NetGrammar.Assembly(nets[0].Seed)]));
        var failures = clock.Measure("diagnostics", () => Declared(nets, run).DistinctBy(failure => failure.Net.Seed).ToList());
        if (failures.Count > 0)
        {
            var failed = failures.Select(failure => failure.Net.Seed).ToHashSet();
            return [.. failures, .. Check([.. nets.Where(net => !failed.Contains(net.Seed))], clock)];
        }
        using var stream = clock.Measure("instrument", () => Instrumented(run));
        var context = new AssemblyLoadContext("nets", isCollectible: true);
        try
        {
            var assembly = context.LoadFromStream(stream);
            return clock.Measure("run", () => nets.Select(net => Run(net, assembly)).OfType<NetFailure>().ToList());
        }
        finally
        {
            context.Unload();
        }
    }

    private static IEnumerable<NetFailure> Declared(IReadOnlyList<Net> nets, GeneratorRun run)
    {
        if (run.Result.Exception is { } exception)
            return nets.Select(net => new NetFailure(net, "generator", exception.GetType().Name, $"{exception}"));
        var bySeed = nets.ToDictionary(net => net.Seed);
        var findings = Definitions(run).SelectMany(definition => definition.Findings.Select(finding => new NetFailure(
            bySeed[Net.SeedOf(definition.Declaration.Name)!.Value],
            "finding",
            $"{finding.Rule.Id} {NetFailure.Words(finding.Message)}",
            $"{finding.Rule.Id} in {definition.Declaration.Name}: {finding.Message}")));
        var diagnostics = run.Diagnostics.Select(diagnostic =>
            new NetFailure(NetOf(diagnostic, nets, bySeed), "compiler", diagnostic.Id, $"{diagnostic}"));
        return findings.Concat(diagnostics);
    }

    private static Net NetOf(Diagnostic diagnostic, IReadOnlyList<Net> nets, Dictionary<int, Net> bySeed)
    {
        var file = Path.GetFileName(diagnostic.Location.SourceTree?.FilePath ?? "");
        var seed = file.Split('.').Select(Net.SeedOf).FirstOrDefault(seed => seed is not null && bySeed.ContainsKey(seed.Value));
        if (seed is { } known)
            return bySeed[known];
        var isSource = file.StartsWith("Source", StringComparison.Ordinal);
        return isSource && int.TryParse(file[6..^3], out var index) && index < nets.Count ? nets[index] : nets[0];
    }

    private static IEnumerable<ModelDefinition> Definitions(GeneratorRun run) =>
        run.Outputs(StepNames.Infer).Select(output => (ModelDefinition)output.Value);

    private static MemoryStream Instrumented(GeneratorRun run)
    {
        var definitions = Definitions(run).ToDictionary(definition => definition.Declaration.Name);
        var trees = run.Output.SyntaxTrees.Select(tree => Instrumentation.Of(tree, definitions)).ToList();
        var probe = MetadataReference.CreateFromFile(typeof(ShapeProbe).Assembly.Location);
        var stream = new MemoryStream();
        var emitted = run.Output.RemoveAllSyntaxTrees().AddSyntaxTrees(trees).AddReferences(probe).Emit(stream);
        var errors = emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.True(emitted.Success, string.Join("\n", errors.Select(error => $"{error}\n{Line(error)}")));
        stream.Position = 0;
        return stream;
    }

    private static string Line(Diagnostic diagnostic) =>
        $"{diagnostic.Location.SourceTree?.GetText().Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.Start)}";

    private static NetFailure? Run(Net net, Assembly assembly)
    {
        try
        {
            var entry = assembly.GetType($"{Net.Namespace}.{net.Entry}", throwOnError: true)!;
            var problem = new NetRun(net, entry).Check();
            return problem is null ? null : new(net, "shape", NetFailure.Words(problem), problem);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var message = exception.Message.Split("Exception raised from")[0];
            var place = string.Join('\n', (exception.StackTrace ?? "").Split('\n').Take(6));
            var type = exception.GetType().Name;
            return new(net, "run", $"{type} {NetFailure.Words(message)}", $"{type} {message}\n{place}");
        }
    }
}
