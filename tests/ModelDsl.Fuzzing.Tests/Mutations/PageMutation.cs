using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelDsl.Fuzzing.Tests.Corpus;
using ModelDsl.Fuzzing.Tests.Language;

namespace ModelDsl.Fuzzing.Tests.Mutations;

/// <summary>Changes a page's remedy toward the example that fires: by all that differs between them, or by some of it.</summary>
internal static class PageMutation
{
    private const double WholeWay = 0.85;

    /// <summary>By all that differs.</summary>
    public static Source Whole(RulePage page) => page.Right?.With(page.Wrong.Text) ?? page.Wrong;

    public static Source Apply(RulePage page, Draw draw)
    {
        if (page.Right is not { } right || draw.Chance(WholeWay))
            return Whole(page);
        var steps = Steps(Tokens(right.Text), Tokens(page.Wrong.Text));
        return right.With(string.Concat(steps.Select(step => step.IsSame || draw.Chance(0.6) ? step.Wrong : step.Right)));
    }

    private static List<string> Tokens(string text) =>
        [.. CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Select(token => token.ToFullString())];

    /// <summary>Stretches that both have, and those between them, by a longest common subsequence.</summary>
    private static List<(string Right, string Wrong, bool IsSame)> Steps(List<string> right, List<string> wrong)
    {
        var lengths = Lengths(right, wrong);
        var steps = new List<(string, string, bool)>();
        var (one, other, onlyRight, onlyWrong) = (0, 0, "", "");
        while (one < right.Count || other < wrong.Count)
        {
            if (one < right.Count && other < wrong.Count && right[one].Trim() == wrong[other].Trim())
            {
                steps.Add((onlyRight, onlyWrong, false));
                steps.Add((right[one++], wrong[other++], true));
                (onlyRight, onlyWrong) = ("", "");
            }
            else if (other == wrong.Count || (one < right.Count && lengths[one + 1, other] >= lengths[one, other + 1]))
                onlyRight += right[one++];
            else
                onlyWrong += wrong[other++];
        }
        steps.Add((onlyRight, onlyWrong, false));
        return steps;
    }

    private static int[,] Lengths(List<string> right, List<string> wrong)
    {
        var lengths = new int[right.Count + 1, wrong.Count + 1];
        for (var one = right.Count - 1; one >= 0; one--)
        {
            for (var other = wrong.Count - 1; other >= 0; other--)
                lengths[one, other] = right[one].Trim() == wrong[other].Trim()
                    ? lengths[one + 1, other + 1] + 1
                    : Math.Max(lengths[one + 1, other], lengths[one, other + 1]);
        }
        return lengths;
    }
}
