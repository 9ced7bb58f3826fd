using System.Text.RegularExpressions;

namespace ModelDsl.Definition;

/// <summary>What is wrong with a text that is no size, in words that say what it is instead.</summary>
internal static class SizeProblem
{
    private static readonly Regex TwoWords = new(@"^\s*\w+\s+\w+\s*$");

    public static string Of(ModelDeclaration model, string text)
    {
        if (model.Parameters.FirstOrDefault(parameter => parameter.Name == text) is { } parameter)
            return parameter.Kind switch
            {
                ParameterKind.FloatingPoint => "a floating-point parameter, not an integer",
                ParameterKind.Boolean => "a bool parameter, not an integer",
                ParameterKind.IntegerArray => $"an array, of which '{text}[0]' would be a size",
                _ => "a parameter of another type, not an integer",
            };
        if (model.SizeProperties.Any(property => property.Name == text))
            return "a property whose expression is no size";
        return TwoWords.IsMatch(text) ? "two words, with no comma or operator between them" : "not a size";
    }
}
