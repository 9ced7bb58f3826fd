using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelDsl.Fuzzing.Tests.Campaigns;
using ModelDsl.Fuzzing.Tests.Corpus;
using ModelDsl.Fuzzing.Tests.Language;
using ModelDsl.Fuzzing.Tests.Mutations;
using ModelDsl.Fuzzing.Tests.Oracles;

namespace ModelDsl.Fuzzing.Tests;

/// <summary>A fuzzer that sees nothing finds nothing: its corpus is sound, and its oracles tell right from wrong.</summary>
public sealed class OracleTests
{
    private const string Sound = """
        [Model]
        public partial class Net
        {
            [Linear(3)]
            private partial Tensor Body([Shape("N, 3")] Tensor x);
        }

        """;

    public static TheoryData<string> Pages => [.. SourceCorpus.Pages.Select(page => page.Id)];

    public static TheoryData<string> Networks => [.. SourceCorpus.Networks.Select(source => source.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task ExampleOfAPageIsReported_AndItsRemedyIsClean(string id)
    {
        var page = SourceCorpus.Pages.Single(page => page.Id == id);
        Assert.Contains(id, (await Examiner.Examine(page.Wrong, Depth.Compiler | Depth.Switch)).Ids);
        if (page.Right is { } right)
            Assert.True((await Examiner.Examine(right, Depth.Compiler)).IsClean);
    }

    /// <summary>Were they not, the compiler would never be asked about what becomes of them.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public async Task NetworkOfTheCorpus_IsClean(string name)
    {
        var examination = await Examiner.Examine(SourceCorpus.Networks.Single(source => source.Name == name), Depth.All);
        Assert.True(examination.Faults.IsEmpty, string.Join("\n", examination.Faults));
        Assert.True(examination.IsClean);
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData("private int Wrong => \"text\";", false, false)]
    [InlineData("private partial Tensor Own(Tensor x);", false, false)]
    [InlineData("[Linear(0)] private partial Tensor More(Tensor x);", true, false)]
    public async Task ErrorsOfTheAuthor_AreToldFromThoseOfRules(string member, bool isCompiled, bool isClean)
    {
        var examination = await Examiner.Examine(
            new Source("net", [SourceCorpus.WithUsings($$"""
                [Model]
                public partial class Net
                {
                    [Linear(3)]
                    private partial Tensor Body([Shape("N, 3")] Tensor x);
                    {{member}}
                }
                """)]),
            Depth.All);
        Assert.Empty(examination.Faults);
        Assert.Equal((isCompiled, isClean), (examination.IsCompiled, examination.IsClean));
    }

    /// <summary>Before generation a class has no <c>forward</c>; with it the argument is wrong.</summary>
    [Fact]
    public async Task ErrorThatOnlyTheBaseReveals_IsTheAuthors()
    {
        var examination = await Examiner.Examine(
            new Source("net", [SourceCorpus.WithUsings(Sound + "class Other { Tensor Call(Net net) => net.forward(1); }")]),
            Depth.Compiler);
        Assert.Empty(examination.Faults);
    }

    [Theory]
    [InlineData("file class Extra { int unused; }", "CS0169 in generated code of a clean report")]
    [InlineData("file class Extra { int Wrong => missing; }", "CS0103 in generated code of a clean report")]
    [InlineData("partial class Net { public bool Equals; }", "CS0108 in generated code of a clean report")]
    public async Task WhatAGeneratorBrings_IsAFault(string generated, string fault)
    {
        var expansion = await Expanded(new DefectiveGenerator(generated));
        var comparison = CompilerComparison.Of(expansion, CancellationToken.None)!;
        Assert.Contains(fault, CompilerOracle.Check(expansion, comparison).Select(found => found.Kind));
    }

    [Fact]
    public async Task GeneratorThatThrows_IsAFault()
    {
        var examination = await Examiner.Examine(_ => Expanded(new DefectiveGenerator(null)), Depth.Compiler);
        var fault = Assert.Single(examination.Faults);
        Assert.StartsWith("the generator: InvalidOperationException", fault.Kind, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shrinker_LeavesWhatTheFaultNeeds()
    {
        var source = new Source("net", [SourceCorpus.WithUsings(Sound + "class Other { int Own => 1; }")]);
        var shrunk = await Shrinker.Shrink(
            source, candidate => Task.FromResult(candidate.Text.Contains("class Other", StringComparison.Ordinal)));
        Assert.Equal("class Other { }", shrunk.Text.Trim());
    }

    private static Task<Expansion> Expanded(DefectiveGenerator generator)
    {
        var source = new Source("net", [SourceCorpus.WithUsings(Sound)]);
        var driver = CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: Compilations.Parsing);
        return Expansion.Generated(source, Compilations.Of(source), driver, CancellationToken.None)
            .Analyzed(isConcurrent: true, CancellationToken.None);
    }

    [Fact]
    public void EveryAttributeOfTheLanguage_IsInTheVocabulary()
    {
        Type[] some = [typeof(BlockAttribute<>), typeof(Conv2dAttribute), typeof(ModelAttribute), typeof(ShapeAttribute)];
        var names = Vocabulary.Attributes.Select(word => word.Name).ToList();
        Assert.All(some, type => Assert.Contains(type.Name.Split('`')[0][..^"Attribute".Length], names));
        Assert.InRange(Vocabulary.Layers.Length, 100, 1000);
    }

    [Fact]
    public void SameSeedAndNumber_GiveTheSameMutant()
    {
        foreach (var number in Enumerable.Range(0, 60))
            Assert.Equal($"{MutantFactory.Create(5, number).Source}", $"{MutantFactory.Create(5, number).Source}");
        Assert.NotEqual($"{MutantFactory.Create(5, 1).Source}", $"{MutantFactory.Create(6, 1).Source}");
    }
}
