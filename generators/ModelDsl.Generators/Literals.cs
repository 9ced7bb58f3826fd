using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Generators;

/// <summary>Text inside C# and inside documentation.</summary>
internal static class Literals
{
    public static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    public static string Xml(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
