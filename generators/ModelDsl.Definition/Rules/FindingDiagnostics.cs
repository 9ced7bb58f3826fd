using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ModelDsl.Definition;

/// <summary>Findings as diagnostics. The particulars of the message travel along, for code fixes.</summary>
public static class FindingDiagnostics
{
    /// <param name="finding">The finding.</param>
    /// <param name="location">Where it is shown.</param>
    /// <param name="related">The other declaration, where two disagree.</param>
    public static Diagnostic Create(Finding finding, Location location, Location? related = null) => Diagnostic.Create(
        Descriptors.Of(finding.Rule),
        location,
        related is null ? [] : [related],
        Properties(finding.Arguments),
        finding.Arguments.ToArray<object>());

    /// <summary>A particular of the message, by the number of its placeholder; null where there is none.</summary>
    public static string? Argument(Diagnostic diagnostic, int number) =>
        diagnostic.Properties.TryGetValue(Key(number), out var argument) ? argument : null;

    private static ImmutableDictionary<string, string?> Properties(EquatableArray<string> arguments) =>
        Enumerable.Range(0, arguments.Count).ToImmutableDictionary(Key, number => (string?)arguments[number]);

    private static string Key(int number) => number.ToString(CultureInfo.InvariantCulture);
}
