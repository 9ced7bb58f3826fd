using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Definition;

/// <summary>Reads what a method takes.</summary>
internal static class ContextReader
{
    public static EquatableArray<ContextDeclaration> Read(IMethodSymbol method) => method.Parameters.Select(Read).ToEquatableArray();

    private static ContextDeclaration Read(IParameterSymbol parameter)
    {
        var shape = parameter.GetAttributes().FirstOrDefault(attribute => LayerReader.IsNamed(attribute, "ShapeAttribute"));
        return new(
            parameter.Name,
            parameter.Type.ToDisplayString(StageReader.TypeFormat),
            StageReader.IsTensor(parameter.Type),
            parameter.HasExplicitDefaultValue ? Default(parameter) : null,
            BlockReader.ShapeOf(parameter.GetAttributes()),
            LayoutOf(shape));
    }

    internal static ChannelLayout LayoutOf(AttributeData? shape) =>
        shape?.NamedArguments.FirstOrDefault(argument => argument.Key == "Layout").Value.Value is int layout
            ? (ChannelLayout)layout
            : ChannelLayout.Default;

    private static string Default(IParameterSymbol parameter) => parameter.ExplicitDefaultValue switch
    {
        null => parameter.Type.IsReferenceType ? "null" : "default",
        bool flag => flag ? "true" : "false",
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        int or long when parameter.Type.TypeKind != TypeKind.Enum =>
            Convert.ToString(parameter.ExplicitDefaultValue, CultureInfo.InvariantCulture)!,
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        _ => $"({parameter.Type.ToDisplayString(StageReader.TypeFormat)})"
            + $"({Convert.ToString(parameter.ExplicitDefaultValue, CultureInfo.InvariantCulture)})",
    };
}
