using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using ModelDsl.Generators;

namespace ModelDsl.Analyzers.Tests.Verification;

/// <summary>Checks what the analyzer says of a source in which spans are marked, with and without generated code.</summary>
internal sealed partial class ModelTest : CSharpAnalyzerTest<ModelAnalyzer, DefaultVerifier>
{
    private const int Other = 100;

    private readonly bool _isGenerated;

    private ModelTest(bool isGenerated)
    {
        _isGenerated = isGenerated;
        ReferenceAssemblies = Compilations.Nothing;
        TestState.AdditionalReferences.AddRange(Compilations.References);
        // Without generated code the compiler misses bodies and overrides; that is not what these tests are about.
        CompilerDiagnostics = isGenerated ? CompilerDiagnostics.Errors : CompilerDiagnostics.None;
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck | TestBehaviors.SkipGeneratedCodeCheck;
    }

    /// <summary>
    /// Checks every diagnostic: marked spans in the source, such as <c>{|MDL101:widht|}</c>, and their messages in order. What is
    /// marked <c>{|also:stem|}</c> is the other place that the first of them points to.
    /// </summary>
    public static async Task Check(string source, params string[] messages)
    {
        await Run(source, messages, isGenerated: true);
        await Run(source, messages, isGenerated: false);
    }

    /// <summary>The same for several files, of which only the first is marked, but for the other place.</summary>
    public static async Task CheckFiles(string source, string[] messages, params string[] others)
    {
        await Run(source, messages, isGenerated: true, others);
        await Run(source, messages, isGenerated: false, others);
    }

    protected override IEnumerable<Type> GetSourceGenerators() => _isGenerated ? [typeof(ModelGenerator)] : [];

    private static async Task Run(string source, string[] messages, bool isGenerated, params string[] others)
    {
        var test = new ModelTest(isGenerated);
        var text = isGenerated ? source : WithoutCompilerErrors(source);
        var ids = new List<string>();
        text = RuleMarkup().Replace(text, match =>
        {
            ids.Add(match.Groups[1].Value);
            return $"{{|#{ids.Count - 1}:";
        });
        var all = others.Prepend(text).ToList();
        var hasOther = all.Exists(file => file.Contains("{|also:", StringComparison.Ordinal));
        foreach (var file in all.Select(file => file.Replace("{|also:", $"{{|#{Other}:", StringComparison.Ordinal)))
            test.TestState.Sources.Add(Compilations.WithUsings(file));
        Assert.Equal(messages.Length, ids.Count);
        for (var index = 0; index < ids.Count; index++)
        {
            var expected = Expected(ids[index]).WithLocation(index).WithMessage(messages[index]);
            test.TestState.ExpectedDiagnostics.Add(index == 0 && hasOther ? expected.WithLocation(Other) : expected);
        }
        await test.RunAsync();
    }

    private static string WithoutCompilerErrors(string source)
    {
        while (CompilerMarkup().IsMatch(source))
            source = CompilerMarkup().Replace(source, "$1");
        return source;
    }

    private static DiagnosticResult Expected(string id) =>
        new(new ModelAnalyzer().SupportedDiagnostics.Single(descriptor => descriptor.Id == id));

    [GeneratedRegex(@"\{\|(MDL\d+):")]
    private static partial Regex RuleMarkup();

    [GeneratedRegex(@"\{\|CS\d+:([^|]*?)\|\}")]
    private static partial Regex CompilerMarkup();
}
