using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ModelDsl;

/// <summary>
/// Rules that turn the names of a file into those of a model. Each name goes through all rules in the order in which they were
/// added; each method returns a new object.
/// </summary>
/// <example><code>
/// WeightRenaming.None.RemovePrefix("module.").Rename("last.weight", "fc.weight").Replace(@"^blocks\.(\d+)\.", "layers.$1.")
/// </code></example>
public sealed class WeightRenaming
{
    private static readonly TimeSpan DefaultTimeOut = TimeSpan.FromSeconds(1);

    private WeightRenaming(IReadOnlyList<RenamingRule> rules) => Rules = rules;

    /// <summary>No rules: names are the model's.</summary>
    public static WeightRenaming None { get; } = new([]);

    internal IReadOnlyList<RenamingRule> Rules { get; }

    /// <summary>Takes a beginning off the names that have it.</summary>
    public WeightRenaming RemovePrefix(string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        return With(new(
            $"RemovePrefix(\"{prefix}\")",
            name => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null));
    }

    /// <summary>Puts a beginning before every name.</summary>
    public WeightRenaming AddPrefix(string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        return With(new($"AddPrefix(\"{prefix}\")", name => prefix + name));
    }

    /// <summary>Gives one name another.</summary>
    public WeightRenaming Rename(string from, string to)
    {
        ArgumentException.ThrowIfNullOrEmpty(from);
        ArgumentException.ThrowIfNullOrEmpty(to);
        return With(new($"Rename(\"{from}\", \"{to}\")", name => name == from ? to : null));
    }

    /// <summary>Replaces every match of a regular expression.</summary>
    /// <param name="pattern">The expression; culture-invariant.</param>
    /// <param name="replacement">The replacement, with <c>$1</c> for the first group.</param>
    /// <param name="timeOut">The longest that one name may take; by default a second.</param>
    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    public WeightRenaming Replace(
        [StringSyntax(StringSyntaxAttribute.Regex)] string pattern, string replacement, TimeSpan? timeOut = null)
    {
        ArgumentNullException.ThrowIfNull(replacement);
        var regex = Expression(pattern, timeOut);
        return With(new(
            $"Replace(\"{pattern}\", \"{replacement}\")",
            name => regex.IsMatch(name) ? regex.Replace(name, replacement) : null));
    }

    /// <summary>Leaves out the names that a regular expression matches: they are neither loaded nor unexpected.</summary>
    /// <param name="pattern">The expression; culture-invariant.</param>
    /// <param name="timeOut">The longest that one name may take; by default a second.</param>
    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    public WeightRenaming Ignore([StringSyntax(StringSyntaxAttribute.Regex)] string pattern, TimeSpan? timeOut = null)
    {
        var regex = Expression(pattern, timeOut);
        return With(new($"Ignore(\"{pattern}\")", name => regex.IsMatch(name) ? name : null) { Ignores = true });
    }

    private static Regex Expression(string pattern, TimeSpan? timeOut)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        return new(pattern, RegexOptions.CultureInvariant, timeOut ?? DefaultTimeOut);
    }

    private WeightRenaming With(RenamingRule rule) => new([.. Rules, rule]);
}
