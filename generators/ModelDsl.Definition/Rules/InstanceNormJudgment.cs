using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>
/// MDL402: InstanceNorm, or one channel a group, after many convolutions. Beyond BatchNorm (Lubana et al. 2021) shows
/// that it makes the gradient of early layers explode; the threshold is this project's own.
/// </summary>
internal static class InstanceNormJudgment
{
    private const int ManyConvolutions = 20;

    /// <summary>Predicting this many takes about a tenth of a second.</summary>
    private const int MostPredicted = 200;

    /// <summary>8 to 16 channels a group do well at any depth; fewer only where the widths ask for it.</summary>
    private static readonly long[] ChannelsPerGroup = [8, 16, 4, 2];

    /// <summary>Judges a model by its layers at its defaults.</summary>
    public static IEnumerable<Finding> Of(ModelDefinition definition, IReadOnlyList<PathStep> path) =>
        Judge(path, definition.Contract, Defaults.Of(definition.Declaration.Parameters)) is { } arguments
            ? [new(Rules.InstanceNormInDeepNetwork, AnchorOf(definition.Declaration, path), arguments)]
            : [];

    /// <summary>Judges a model as a call builds it, unless it is what the declaration already says at its defaults.</summary>
    public static IEnumerable<Finding> OfCall(ModelContract contract, ModelCall call)
    {
        var defaults = Defaults.Of(contract.Parameters);
        var isDeclared = PathUnroller.Unroll(contract.Path, defaults.Find) is { } declared
            && CountBeforeInstanceNorm(declared) >= ManyConvolutions;
        if (isDeclared || (call.Normalization is null && PassesNormalization(contract, call)))
            return [];
        var values = call.Arguments.Aggregate(defaults, static (known, argument) => known.With(argument));
        var chosen = contract.Path.Select(step => step.Nest(Size.Symbol, call.Normalization));
        return PathUnroller.Unroll(chosen, values.Find) is { } path && Judge(path, contract, values) is { } arguments
            ? [new(Rules.InstanceNormInDeepNetwork, Anchor.Class, arguments)]
            : [];
    }

    /// <summary>The arguments of the message, or null where there is nothing to say.</summary>
    private static EquatableArray<string>? Judge(IReadOnlyList<PathStep> path, ModelContract contract, Defaults values)
    {
        var convolutions = CountBeforeInstanceNorm(path);
        if (convolutions < ManyConvolutions)
            return null;
        var instead = Instead(path);
        var judged = Beginning(path);
        if (Growth(judged, contract, choice => choice) is not { } growth
            || Growth(judged, contract, choice => IsInstance(choice) ? instead : choice) is not { } growthInstead)
            return null;
        var depends = values.Of(contract.Path.SelectMany(step => step.Repeat?.Symbols() ?? []));
        return new[]
        {
            $"{convolutions}",
            depends.Length == 0 ? "" : $" ({depends})",
            growth,
            growthInstead,
            instead.Attribute
        }.ToEquatableArray();
    }

    /// <summary>What is predicted: the growth goes on beyond it, but the time and memory that it takes don't.</summary>
    private static IReadOnlyList<PathStep> Beginning(IReadOnlyList<PathStep> path)
    {
        var convolutions = 0;
        return [.. path.TakeWhile(step => (convolutions += Convolutions(step)) <= MostPredicted)];
    }

    private static int Convolutions(PathStep step) => step.Kind == PathStepKind.Convolution ? 1 : step.Inner.Sum(Convolutions);

    private static bool PassesNormalization(ModelContract contract, ModelCall call) => contract.Parameters.Any(
        parameter => parameter.Kind == ParameterKind.Normalization
            && call.Arguments.Any(argument => argument.Parameter == parameter.Name));

    private static bool IsInstance(NormalizationChoice choice) =>
        choice.Kind == NormalizationKind.Instance || choice is { Kind: NormalizationKind.Group, ChannelsPerGroup: 1 };

    /// <summary>The convolutions of the main path whose output is normalized channel by channel.</summary>
    private static int CountBeforeInstanceNorm(IEnumerable<PathStep> path)
    {
        var count = 0;
        var awaits = false;
        foreach (var step in path)
        {
            count += CountBeforeInstanceNorm(step.Inner);
            if (step.Kind == PathStepKind.Normalization && awaits && IsInstance(step.Normalization!))
                count++;
            awaits = step.Kind == PathStepKind.Convolution || (awaits && step.Kind != PathStepKind.Normalization);
        }
        return count;
    }

    /// <summary>GroupNorm with a number of channels a group that divides all widths.</summary>
    private static NormalizationChoice Instead(IReadOnlyList<PathStep> path)
    {
        var channels = Normalizations(path).Select(step => step.Channels!.Value!.Value).ToList();
        var perGroup = ChannelsPerGroup
            .Where(size => channels.All(count => count % size == 0))
            .DefaultIfEmpty(ChannelsPerGroup[0])
            .First();
        return new(NormalizationKind.Group, 0, (int)perGroup, false, null, null);
    }

    private static IEnumerable<PathStep> Normalizations(IEnumerable<PathStep> path) =>
        path.SelectMany(step => step.Kind == PathStepKind.Normalization ? [step] : Normalizations(step.Inner));

    private static string? Growth(
        IReadOnlyList<PathStep> path,
        ModelContract contract,
        Func<NormalizationChoice, NormalizationChoice> choose)
    {
        if (SignalTranslation.Translate(path, choose) is not { } layers)
            return null;
        var edge = contract.Input is { Rank: 4 } input ? SignalTranslation.Small(input[2]) : null;
        var growth = SignalPredictor.Predict(new(edge), layers).GradientGrowth;
        return growth > 0 && !double.IsInfinity(growth)
            ? growth.ToString(growth < 10 ? "0.#" : "0", CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>The attribute that made the choice: on the class, on a slot, or the block that it is passed to.</summary>
    private static Anchor AnchorOf(ModelDeclaration model, IReadOnlyList<PathStep> path)
    {
        if (NormalizationResolver.OfClass(model) is { } choice && IsInstance(choice))
            return new(Argument: Anchor.Variant);
        return path
            .FirstOrDefault(step => Normalizations([step]).Any(norm => IsInstance(norm.Normalization!)))
            ?.Layer
            ?? Anchor.Class;
    }
}
