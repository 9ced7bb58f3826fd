using Microsoft.CodeAnalysis;

namespace ModelDsl.Definition;

/// <summary>Documentation comments, by their text: without a documentation file the compiler does not parse them.</summary>
internal static class Comments
{
    public static bool IsDocumented(SyntaxNode declaration)
    {
        var text = declaration.GetLeadingTrivia().ToFullString();
        return text.Contains("///") || text.Contains("/**");
    }
}
