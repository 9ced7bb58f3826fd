using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>A way in which a declaration is wrong or a choice is doubtful.</summary>
/// <param name="Id">The diagnostic's id, also the name of its page.</param>
/// <param name="Title">What is wrong, without particulars.</param>
/// <param name="Message">What is wrong, with particulars as <c>{0}</c>: expected, found and remedy.</param>
/// <param name="Severity">The default severity.</param>
public sealed record Rule(string Id, string Title, string Message, RuleSeverity Severity = RuleSeverity.Error)
{
    public bool IsDeclarationError => Severity == RuleSeverity.Error;

    public string Format(IEnumerable<string> arguments) =>
        string.Format(CultureInfo.InvariantCulture, Message, arguments.ToArray<object>());
}
