using Microsoft.CodeAnalysis;

namespace ModelDsl.Definition;

/// <summary>Reads the parameters of a constructor.</summary>
internal static class ParameterReader
{
    public static EquatableArray<ParameterDeclaration> Read(IMethodSymbol? constructor) =>
        constructor is null ? default : constructor.Parameters.Select(Read).ToEquatableArray();

    private static ParameterDeclaration Read(IParameterSymbol parameter) =>
        new(parameter.Name, KindOf(parameter.Type), parameter.HasExplicitDefaultValue, DefaultOf(parameter))
        {
            IsByReference = parameter.RefKind != RefKind.None,
        };

    private static long? DefaultOf(IParameterSymbol parameter) =>
        !parameter.HasExplicitDefaultValue ? null : parameter.ExplicitDefaultValue switch
        {
            int value => value,
            long value => value,
            bool value => value ? 1 : 0,
            _ => null,
        };

    private static ParameterKind KindOf(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } => ParameterKind.Integer,
        { SpecialType: SpecialType.System_String } => ParameterKind.Text,
        { SpecialType: SpecialType.System_Boolean } => ParameterKind.Boolean,
        { SpecialType: SpecialType.System_Double or SpecialType.System_Single } => ParameterKind.FloatingPoint,
        IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } =>
            ParameterKind.IntegerArray,
        { Name: "Normalization", ContainingNamespace: { Name: "ModelDsl", ContainingNamespace.IsGlobalNamespace: true } } =>
            ParameterKind.Normalization,
        { Name: "Activation", ContainingNamespace: { Name: "ModelDsl", ContainingNamespace.IsGlobalNamespace: true } } =>
            ParameterKind.Activation,
        _ => ParameterKind.Other,
    };
}
