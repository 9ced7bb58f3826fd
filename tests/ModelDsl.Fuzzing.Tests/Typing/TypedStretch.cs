using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelDsl.Fuzzing.Tests.Campaigns;
using ModelDsl.Fuzzing.Tests.Corpus;
using ModelDsl.Fuzzing.Tests.Oracles;

namespace ModelDsl.Fuzzing.Tests.Typing;

/// <summary>Some letters of a source, typed one after the other, with one driver that is carried on as an editor does.</summary>
/// <param name="source">What is typed.</param>
/// <param name="start">The first prefix's length.</param>
/// <param name="end">The length before which it stops.</param>
/// <param name="step">How many letters at a time.</param>
/// <param name="analyzedEvery">At every so many prefixes the analyzer looks too.</param>
internal sealed class TypedStretch(Source source, int start, int end, int step, int analyzedEvery)
{
    /// <summary>At every so many of those the result is compared with a fresh driver's.</summary>
    private const int ComparedEvery = 7;

    private readonly List<Failure> _failures = [];
    private CSharpCompilation _compilation = Compilations.Of(source.With(""));
    private GeneratorDriver _driver = Expansion.NewDriver(areAnalyzersOff: false);

    public string Name => $"typing {source.Name} from {start}";

    public int Count => (end - start + step - 1) / step;

    public int Compared { get; private set; }

    public IReadOnlyList<Failure> Failures => _failures;

    public async Task Type()
    {
        for (var number = 0; number < Count; number++)
        {
            var prefix = source.With(source.Text[..(start + (number * step))]);
            var old = _compilation.SyntaxTrees.Single(tree => tree.FilePath == Compilations.PathOf(source.Edited));
            _compilation = _compilation.ReplaceSyntaxTree(old, Compilations.Parse(prefix.Text, source.Edited));
            var isAnalyzed = number % analyzedEvery == 0;
            await See(prefix, isAnalyzed, isCompared: isAnalyzed && number / analyzedEvery % ComparedEvery == 0);
        }
    }

    private async Task See(Source prefix, bool isAnalyzed, bool isCompared)
    {
        Expansion? expansion = null;
        var examination = await Examiner.Examine(
            cancellation =>
            {
                expansion = Expansion.Generated(prefix, _compilation, _driver, cancellation);
                return isAnalyzed ? expansion.Analyzed(isConcurrent: true, cancellation) : Task.FromResult(expansion);
            },
            Depth.Survival);
        foreach (var fault in examination.Faults)
            Add(prefix, fault);
        _driver = expansion?.Driver ?? _driver;
        if (isCompared && expansion is not null)
            Compare(prefix, expansion);
    }

    private void Compare(Source prefix, Expansion carried)
    {
        Compared++;
        var fresh = Expansion.Generated(prefix, areAnalyzersOff: false, CancellationToken.None);
        if (carried.GeneratedText != fresh.GeneratedText)
            Add(prefix, new("a driver that was carried on generates another text", carried.GeneratedText));
    }

    private void Add(Source prefix, Fault fault) =>
        _failures.Add(new($"typing {source.Name} to {prefix.Text.Length}", [], fault, prefix));
}
