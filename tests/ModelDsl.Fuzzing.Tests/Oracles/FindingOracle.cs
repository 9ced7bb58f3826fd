using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using ModelDsl.Definition;

namespace ModelDsl.Fuzzing.Tests.Oracles;

/// <summary>What is reported is one of the rules, stands in the author's own text and is a whole sentence.</summary>
internal static partial class FindingOracle
{
    private static readonly ImmutableHashSet<string> Known = [.. Descriptors.All.Select(descriptor => descriptor.Id)];

    public static IEnumerable<Fault> Check(Expansion expansion)
    {
        foreach (var finding in expansion.Findings)
        {
            var message = finding.GetMessage(null);
            if (!Known.Contains(finding.Id))
                yield return new($"unknown id {finding.Id}", message);
            if (!finding.AdditionalLocations.Prepend(finding.Location).All(place => IsInSource(place, expansion)))
                yield return new($"{finding.Id} stands outside the source", $"{finding.Location}: {message}");
            var hole = Hole().Match(message).Value;
            if (hole.Length > 0 && !$"{expansion.Source}".Contains(hole, StringComparison.Ordinal))
                yield return new($"{finding.Id} has a hole in its message", message);
        }
        foreach (var twice in expansion.Findings.GroupBy(finding => (finding.Id, finding.Location, finding.GetMessage(null)))
            .Where(group => group.Count() > 1))
            yield return new($"{twice.Key.Id} is said twice", $"{twice.Key}");
    }

    private static bool IsInSource(Location location, Expansion expansion) =>
        location is { IsInSource: true, SourceTree: { } tree }
        && expansion.Before.ContainsSyntaxTree(tree)
        && location.SourceSpan.End <= tree.Length;

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Hole();
}
