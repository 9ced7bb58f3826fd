using System.Text.RegularExpressions;

namespace ModelDsl;

/// <summary>Applies rules to the names of a file and counts what each did.</summary>
internal sealed class Renamer(WeightRenaming renaming, string path)
{
    private readonly List<RenamedWeight>[] _uses = [.. renaming.Rules.Select(_ => new List<RenamedWeight>())];

    public IReadOnlyList<RuleUse> Uses =>
        [.. renaming.Rules.Zip(_uses, (rule, uses) => new RuleUse(rule.Text, uses))];

    /// <summary>The name in the model; null where a rule leaves it out, which <paramref name="ignoredBy"/> then tells.</summary>
    /// <exception cref="WeightFileException">A regular expression took too long.</exception>
    public string? Apply(string name, out string? ignoredBy)
    {
        ignoredBy = null;
        foreach (var (index, rule) in renaming.Rules.Index())
        {
            if (Applied(rule, name) is not { } renamed)
                continue;
            _uses[index].Add(new(name, renamed));
            if (rule.Ignores)
            {
                ignoredBy = rule.Text;
                return null;
            }
            name = renamed;
        }
        return name;
    }

    private string? Applied(RenamingRule rule, string name)
    {
        try
        {
            return rule.Apply(name);
        }
        catch (RegexMatchTimeoutException exception)
        {
            throw new WeightFileException(
                path,
                $"the rule {rule.Text} took longer than {exception.MatchTimeout.TotalSeconds:0.###} s on the name '{name}'; "
                    + "write a simpler expression.",
                exception);
        }
    }
}
