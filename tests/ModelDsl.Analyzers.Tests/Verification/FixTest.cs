using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using ModelDsl.Generators;

namespace ModelDsl.Analyzers.Tests.Verification;

/// <summary>Checks a fix, one diagnostic at a time and all of a document, a project and a solution at once.</summary>
internal sealed class FixTest<TFix> : CSharpCodeFixTest<ModelAnalyzer, TFix, DefaultVerifier>
    where TFix : CodeFixProvider, new()
{
    private FixTest()
    {
        ReferenceAssemblies = Compilations.Nothing;
        TestState.AdditionalReferences.AddRange(Compilations.References);
        // A source that needs a fix may not compile.
        CompilerDiagnostics = CompilerDiagnostics.None;
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck | TestBehaviors.SkipGeneratedCodeCheck;
    }

    /// <summary>Checks that the fix makes one source of the other; what it leaves is marked in both.</summary>
    public static Task Check(string source, string fixedSource)
    {
        var test = new FixTest<TFix> { TestCode = Compilations.WithUsings(source), FixedCode = Compilations.WithUsings(fixedSource) };
        if (source == fixedSource)
            test.FixedState.MarkupHandling = MarkupMode.Allow;
        return test.RunAsync();
    }

    protected override IEnumerable<Type> GetSourceGenerators() => [typeof(ModelGenerator)];
}
