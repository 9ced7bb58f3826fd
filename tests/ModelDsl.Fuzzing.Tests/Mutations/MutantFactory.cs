using System.Collections.Immutable;
using ModelDsl.Fuzzing.Tests.Corpus;
using ModelDsl.Fuzzing.Tests.Language;
using ModelDsl.Generators.Tests.RandomNets;

namespace ModelDsl.Fuzzing.Tests.Mutations;

/// <summary>Makes the mutants of a campaign: the same seed and number give the same mutant.</summary>
internal static class MutantFactory
{
    /// <summary>Every so many mutants one is a page's remedy that goes wrong; the pages take turns.</summary>
    public const int PageEvery = 3;

    private const int MostSteps = 6;
    private const int MostAttempts = 10;

    private static readonly ImmutableArray<Mutation> OfGrammar =
    [
        .. AttributeMutations.All, .. ArgumentMutations.All, .. StringMutations.All, .. ParameterMutations.All,
        .. TypeMutations.All, .. MemberMutations.All, .. ForwardMutations.All, .. ModelMutations.All, .. TriviaMutations.All,
    ];

    private static readonly ImmutableArray<Mutation> OfTrivia = [.. TriviaMutations.All];

    private static readonly ImmutableArray<Mutation> OfText = [.. TextMutations.All];

    /// <summary>The files of samples that declare models.</summary>
    private static readonly ImmutableArray<Source> DeclaredSamples =
        [.. SourceCorpus.Samples.Where(source => SourceCorpus.DeclaresModels(source.Text))];

    public static Mutant Create(int seed, int number)
    {
        var draw = new Draw(unchecked((seed * 1_000_003) + (number * 7919)));
        return number % PageEvery == 0
            ? OfPage(SourceCorpus.Pages[number / PageEvery % SourceCorpus.Pages.Length], number, draw)
            : Of(Origin(draw), number, draw);
    }

    private static Mutant OfPage(RulePage page, int number, Draw draw)
    {
        // At its first turn each page's rule is to be reached, whatever else the corpus holds.
        var isFirst = number / PageEvery < SourceCorpus.Pages.Length;
        var (written, trivia) = Change(isFirst ? PageMutation.Whole(page) : PageMutation.Apply(page, draw), draw, [OfTrivia]);
        var (source, steps) = Change(written, draw, !isFirst && draw.Chance(0.3) ? [OfGrammar] : []);
        return new(number, page.Right ?? page.Wrong, ["change a remedy toward its example", .. trivia, .. steps], source);
    }

    private static Mutant Of(Source origin, int number, Draw draw)
    {
        var kinds = new List<ImmutableArray<Mutation>> { OfGrammar };
        while (kinds.Count < MostSteps && draw.Chance(0.35))
            kinds.Add(OfGrammar);
        if (draw.Chance(0.12))
            kinds[^1] = OfText;
        var (source, steps) = Change(origin, draw, kinds);
        return new(number, origin, steps, source);
    }

    private static Source Origin(Draw draw) => draw.Below(100) switch
    {
        < 22 => draw.Of(SourceCorpus.Pages).Wrong,
        < 42 => draw.Of(SourceCorpus.Pages) is { Right: { } right } ? right : SourceCorpus.Pages[0].Wrong,
        < 62 => draw.Of(SourceCorpus.Networks),
        < 70 => draw.Of(DeclaredSamples),
        < 76 => draw.Of(SourceCorpus.Others),
        _ => Net(draw.Below(100_000)),
    };

    private static Source Net(int seed) => new($"net {seed}", [NetGrammar.Draw(seed).Source]);

    /// <summary>One change of each kind, where one is found that there is something to do for.</summary>
    private static (Source Source, List<string> Steps) Change(
        Source source, Draw draw, IEnumerable<ImmutableArray<Mutation>> kinds)
    {
        var steps = new List<string>();
        foreach (var kind in kinds)
        {
            var (attempts, before) = (0, source);
            while (source == before && attempts++ < MostAttempts)
            {
                var mutation = Weighted(kind, draw);
                if (mutation.Apply(new(draw, source)) is not { } text || text == source.Text)
                    continue;
                source = source.With(text);
                steps.Add(mutation.Name);
            }
        }
        return (source, steps);
    }

    private static Mutation Weighted(ImmutableArray<Mutation> mutations, Draw draw)
    {
        var place = draw.Below(mutations.Sum(mutation => mutation.Weight));
        foreach (var mutation in mutations)
        {
            place -= mutation.Weight;
            if (place < 0)
                return mutation;
        }
        return mutations[^1];
    }
}
