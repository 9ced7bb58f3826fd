using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Definition;

/// <summary>Reads what a method takes.</summary>
internal static class ContextReader
{
    public static EquatableArray<ContextDeclaration> Read(IMethodSymbol method) =>
        method.Parameters.Select(Read).ToEquatableArray();

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
        null => (parameter.Type.IsReferenceType ? "null" : "default") + (IsNeverNull(parameter) ? "!" : ""),
        double real when double.IsNaN(real) => "double.NaN",
        double real when double.IsInfinity(real) => real > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity",
        float real when float.IsNaN(real) => "float.NaN",
        float real when float.IsInfinity(real) => real > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity",
        bool or string or int or char or double when parameter.Type.TypeKind != TypeKind.Enum => Primitive(parameter),
        _ => $"({parameter.Type.ToDisplayString(StageReader.TypeFormat)})({Primitive(parameter)})",
    };

    /// <summary>Of a null that does not fit the compiler speaks at its author's line, and needn't at another.</summary>
    private static bool IsNeverNull(IParameterSymbol parameter) =>
        !parameter.Type.IsValueType && parameter.NullableAnnotation != NullableAnnotation.Annotated;

    private static string Primitive(IParameterSymbol parameter) =>
        SymbolDisplay.FormatPrimitive(parameter.ExplicitDefaultValue!, quoteStrings: true, useHexadecimalNumbers: false)!;
}
