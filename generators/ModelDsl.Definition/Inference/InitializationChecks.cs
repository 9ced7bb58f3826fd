using System.Collections.Immutable;
using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>What an <c>[Initialization]</c>, or how a parameter or buffer is filled, says that can't be meant.</summary>
internal static class InitializationChecks
{
    private static readonly ImmutableHashSet<string> Widths = ["Deviation", "BiasDeviation", "Gain"];

    /// <summary>Those on the class, its stages and properties, and the assembly.</summary>
    public static void Run(ModelScope scope)
    {
        var model = scope.Declaration;
        if (model.Initialization is { } own)
            Report(scope, own, Anchor.Class);
        else if (model.AssemblyInitialization is { } assembly
            && Find(assembly, "Scheme", "Default", static _ => Anchor.Class) is { } finding)
            scope.Findings.Add(finding);
        for (var index = 0; index < model.Stages.Count; index++)
        {
            if (model.Stages[index].Initialization is { } initialization)
                Report(scope, initialization, new(index));
        }
    }

    /// <summary>What is wrong; null where nothing is.</summary>
    /// <param name="declared">The attribute.</param>
    /// <param name="schemeArgument">Which of its arguments names the way to fill.</param>
    /// <param name="otherwise">That way where none is named.</param>
    /// <param name="at">Where an argument stands.</param>
    public static Finding? Find(
        LayerDeclaration declared, string schemeArgument, string otherwise, Func<string, Anchor> at)
    {
        var scheme = InitializationChoice.NameOf(declared[schemeArgument]?.Number ?? 0);
        if (scheme == "Default")
            scheme = otherwise;
        foreach (var argument in declared.Arguments)
        {
            if (Find(declared, argument, scheme, at(argument.Name)) is { } wrong)
                return wrong;
        }
        return FindBounds(declared, scheme, at);
    }

    /// <summary>A bound that is not written has its default.</summary>
    private static Finding? FindBounds(LayerDeclaration declared, string scheme, Func<string, Anchor> at)
    {
        var (low, high) = (declared["Low"]?.Real, declared["High"]?.Real);
        if ((low is null && high is null) || InitializationOptions.Bounds(scheme) is not var (lowest, highest)
            || (low ?? lowest) < (high ?? highest))
            return null;
        var message = low is null ? $"High {Text(high!.Value)} must be more than Low {Text(lowest)}, its default"
            : $"Low {Text(low.Value)} must be less than High {Text(high ?? highest)}{(high is null ? ", its default" : "")}";
        return Finding(Rules.OptionsDoNotGoTogether, at(low is null ? "High" : "Low"), message);
    }

    private static Finding? Find(LayerDeclaration declared, ArgumentDeclaration argument, string scheme, Anchor at)
    {
        var (name, attribute) = (argument.Name, declared.Attribute);
        if (Members(argument) is { } members)
            return Finding(Rules.NotAMember, at, argument.Word!, name, attribute, members);
        if (argument.Real is { } number && (double.IsNaN(number) || double.IsInfinity(number)))
            return Finding(Rules.NotANumber, at, Text(number));
        if (argument.Real < 0 && Widths.Contains(name))
            return Finding(Rules.SizeNotPositive, at, name, attribute, Text(argument.Real.Value), "0, which leaves it unset");
        var isOption = argument.Real is not null || argument.Word is not null;
        return isOption && IsOfFilling(name) && InitializationOptions.Idle(scheme, name, declared) is { } reason
            ? Finding(Rules.OptionWithoutEffect, at, name, $"Init.{scheme}", reason)
            : null;
    }

    /// <summary>The values that an option takes, where what is written is none of them.</summary>
    private static string? Members(ArgumentDeclaration argument)
    {
        if (argument.Members is not null)
            return argument.Members;
        var taken = argument.Name switch
        {
            "Bias" => InitializationOptions.Biases,
            "Activation" => InitializationOptions.Activations,
            _ => default,
        };
        return taken.IsDefault || argument.Word is not { } word || taken.Contains(word.Substring(word.IndexOf('.') + 1))
            ? null
            : string.Join(", ", taken);
    }

    /// <summary>A buffer also says whether it is persistent.</summary>
    private static bool IsOfFilling(string argument) => argument != "Persistent";

    private static void Report(ModelScope scope, LayerDeclaration declared, Anchor place)
    {
        if (Find(declared, "Scheme", "Default", name => place with { Argument = Anchor.Initialization + name }) is { } finding)
            scope.Findings.Add(finding);
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static Finding Finding(Rule rule, Anchor anchor, params string[] arguments) =>
        new(rule, anchor, arguments.ToEquatableArray());
}
