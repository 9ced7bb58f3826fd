using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelDsl.Definition;

namespace ModelDsl.Analyzers;

/// <summary>
/// Reads what a call that builds a model passes: constants, and choices of normalization that are written in the call.
/// </summary>
internal static class CallReader
{
    public static ModelCall Read(IObjectCreationOperation creation)
    {
        var passed = creation.Arguments.Where(
            argument => argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: not null }
                && !IsDefault(argument.Value));
        return new(
            passed.Select(argument => new CallArgument(argument.Parameter!.Name, Number(argument.Value))).ToEquatableArray(),
            NormalizationArgument(creation) is { } choice ? Choice(choice.Value) : null);
    }

    /// <summary>The argument that chooses the normalization, where its choice can be read.</summary>
    public static IArgumentOperation? NormalizationArgument(IObjectCreationOperation creation) =>
        creation.Arguments.FirstOrDefault(
            argument => argument.ArgumentKind == ArgumentKind.Explicit && Choice(argument.Value) is not null);

    /// <summary><c>default</c> passes nothing: a normalization inherits.</summary>
    private static bool IsDefault(IOperation value) =>
        WithoutConversion(value) is IDefaultValueOperation { ConstantValue.HasValue: false };

    private static IOperation WithoutConversion(IOperation value) =>
        value is IConversionOperation conversion
            ? WithoutConversion(conversion.Operand)
            : value;

    private static long? Number(IOperation value) =>
        value.ConstantValue is { HasValue: true, Value: { } constant } ? constant switch
        {
            int number => number,
            long number => number,
            bool flag => flag ? 1 : 0,
            _ => null,
        } : null;

    /// <summary>
    /// <c>Normalization.Group(channelsPerGroup: 8)</c>; null for anything that isn't such a call with constants.
    /// </summary>
    private static NormalizationChoice? Choice(IOperation value)
    {
        if (WithoutConversion(value) is not IInvocationOperation { TargetMethod: { } method } call
            || !IsNormalization(method.ContainingType))
            return null;
        return method.Name switch
        {
            "Tracked" when call.Instance is { } inner => Choice(inner) is { } choice ? choice with { IsTracked = true } : null,
            "Or" when call.Instance is { } inner => Choice(inner),
            _ => Enum.TryParse<NormalizationKind>(method.Name, out var kind) ? Options(call, kind) : null,
        };
    }

    /// <summary>The choice with its options; null where one isn't a constant.</summary>
    private static NormalizationChoice? Options(IInvocationOperation call, NormalizationKind kind)
    {
        if (kind is NormalizationKind.Inherit or NormalizationKind.Custom)
            return null;
        NormalizationChoice? choice = new(kind, 0, 0, false, null, null);
        foreach (var argument in call.Arguments.Where(argument => argument.ArgumentKind == ArgumentKind.Explicit))
            choice = choice is null ? null : With(choice, argument.Parameter!.Name, argument.Value.ConstantValue.Value);
        return choice;
    }

    private static NormalizationChoice? With(NormalizationChoice choice, string option, object? value) => (option, value) switch
    {
        ("groups", int groups) => choice with { Groups = groups },
        ("channelsPerGroup", int channels) => choice with { ChannelsPerGroup = channels },
        ("epsilon", double epsilon) => choice with { Epsilon = epsilon },
        ("momentum", double momentum) => choice with { Momentum = momentum },
        ("gain", double gain) => choice with { Gain = gain },
        ("over", int over) => choice with { Over = (LayerNormOver)over },
        ("axes", int axes) => choice with { Axes = axes },
        _ => null,
    };

    private static bool IsNormalization(INamedTypeSymbol? type) =>
        type is { Name: "Normalization", ContainingNamespace: { Name: "ModelDsl", ContainingNamespace.IsGlobalNamespace: true } };
}
