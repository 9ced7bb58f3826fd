using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// Decides what becomes of a normalization layer and of its neighbours in a sequence, before anything is changed: what the same
/// choice does to the layers round a slot of a declared model.
/// </summary>
internal sealed class ConversionPlanner(Normalization choice, SequentialNeighbours neighbours)
{
    private const string Direct = "in nn.Sequential";

    private readonly string _name = choice.Variant.AttributeName();

    /// <summary>The plan for a layer.</summary>
    /// <param name="layer">A normalization layer of a known variant.</param>
    /// <param name="name">Model and place, for messages.</param>
    /// <exception cref="ArgumentException">The channels don't fit the choice.</exception>
    public PlannedConversion Plan(nn.Module<Tensor, Tensor> layer, string name)
    {
        var beside = neighbours.Of(layer);
        if (layer is ParametrizedWeightLayer)
            return PlannedConversion.LeaveAlone(layer, "it normalizes a weight; build the layer without that anew");
        if (layer is NormalizationLayer { IsFolded: true })
            return PlannedConversion.LeaveAlone(layer, "it is folded into the weights before it");
        if (SourceLayer.Read(layer, name, beside?.Before) is not { } source)
            return PlannedConversion.LeaveAlone(layer, "which axis has the channels, or how many they are, is not known");
        if (layer is EvoNormLayer && !choice.IsEvoNorm)
            return PlannedConversion.LeaveAlone(layer, "it is the activation as well, which would be lost");
        var site = source.Site;
        var isVague = source.MayBeVectors && site.Rank > 2 && NeedsPositions();
        if (isVague || !ChosenLayer.IsDefined(choice, site))
            return PlannedConversion.LeaveAlone(layer, Undefined(source, site));
        var chosen = choice.Inheriting(layer);
        return choice.Variant switch
        {
            NormalizationVariant.FilterResponse => PlanFilterResponse(source, site, beside),
            NormalizationVariant.None => PlanNone(source, beside),
            _ when choice.IsEvoNorm => PlanEvoNorm(source, site, beside),
            _ when choice.IsWithoutLayer => PlanWeight(source, beside),
            NormalizationVariant.Custom when source.Activation is not null =>
                PlannedConversion.LeaveAlone(layer, "it applies an activation, which would be lost"),
            _ => Replace(source, ChosenLayer.Build(chosen, site, source.Activation)!),
        };
    }

    private bool NeedsPositions() =>
        choice.IsEvoNorm || choice.Variant is NormalizationVariant.Instance or NormalizationVariant.FilterResponse;

    private string Undefined(SourceLayer source, NormalizationSite site)
    {
        var what = site.ChannelAxis != 1 ? "channels on the last axis"
            : source.MayBeVectors ? "vectors [N, C], for all that is known"
            : "vectors [N, C]";
        return $"{ChosenLayer.Name(choice)} is not defined for {what}";
    }

    private static PlannedConversion Replace(SourceLayer source, nn.Module<Tensor, Tensor> built) =>
        new(source.Module, [Replacement.By(source.Module, built)], null);

    /// <summary>The layer takes the place of the normalization, and passing on that of the activation.</summary>
    private static PlannedConversion ReplaceBoth(
        SourceLayer source, nn.Module<Tensor, Tensor> built, nn.Module<Tensor, Tensor> activation) =>
        new(source.Module, [Replacement.By(source.Module, built), Replacement.By(activation, nn.Identity())], null);

    private PlannedConversion PlanEvoNorm(SourceLayer source, NormalizationSite site, Neighbours? beside)
    {
        if (source.Module is EvoNormLayer || source.Activation is not null)
            return Replace(source, ChosenLayer.Build(choice, site)!);
        return ActivationBehind(beside) is { } activation
            ? ReplaceBoth(source, ChosenLayer.Build(choice, site)!, activation)
            : PlannedConversion.LeaveAlone(
                source.Module, $"{_name} takes the place of an activation, and none stands directly behind {Direct}");
    }

    private PlannedConversion PlanFilterResponse(SourceLayer source, NormalizationSite site, Neighbours? beside)
    {
        if (source.Module is FilterResponseNormLayer own)
            return Replace(source, ChosenLayer.Build(choice, site, isThresholded: own.tau is not null)!);
        if (source.Activation is { } applied)
            return applied.IsReLU
                ? Replace(source, ChosenLayer.Build(choice, site, isThresholded: true)!)
                : PlannedConversion.LeaveAlone(source.Module, "it applies an activation, which would be lost");
        if (beside?.Behind is not { } behind)
            return PlannedConversion.LeaveAlone(
                source.Module, $"whether its threshold takes the place of a ReLU is only known {Direct}");
        var isReLU = ActivationModules.Of(behind) is { IsReLU: true };
        var layer = ChosenLayer.Build(choice, site, isThresholded: isReLU || ActivationModules.Of(behind) is null)!;
        return isReLU ? ReplaceBoth(source, layer, (nn.Module<Tensor, Tensor>)behind) : Replace(source, layer);
    }

    private static PlannedConversion PlanNone(SourceLayer source, Neighbours? beside) =>
        new(source.Module, [Replacement.By(source.Module, Rest(source))], null)
        {
            Host = WeightHosts.CanHost(beside?.Before, source) ? beside!.Before : null,
        };

    private PlannedConversion PlanWeight(SourceLayer source, Neighbours? beside)
    {
        if (!WeightHosts.CanHost(beside?.Before, source) || neighbours.Of(beside!.Before!) is null)
            return PlannedConversion.LeaveAlone(
                source.Module, $"{_name} needs a convolution or linear layer of its own directly before it {Direct}");
        var needsActivation = choice.Variant == NormalizationVariant.Weight
            || (choice.Variant == NormalizationVariant.ScaledWeightStandardization && choice.Gain == 0);
        if (needsActivation && source.Activation is null && beside.Behind is null)
            return PlannedConversion.LeaveAlone(
                source.Module, $"{_name} depends on the activation, and nothing stands directly behind {Direct}");
        var host = (nn.Module<Tensor, Tensor>)beside.Before!;
        var activation = source.Activation ?? ActivationModules.Of(beside.Behind);
        // Options that don't fit are found before anything is changed.
        _ = choice.Variant == NormalizationVariant.ScaledWeightStandardization ? activation?.Gain : null;
        return new(source.Module, [.. WeightReplacements(source, host, activation, beside.Behind)], null) { Host = host };
    }

    private IEnumerable<Replacement> WeightReplacements(
        SourceLayer source, nn.Module<Tensor, Tensor> host, Activation? activation, nn.Module? behind)
    {
        var isScaled = choice.Variant == NormalizationVariant.Weight && activation is { IsReLU: true };
        yield return Replacement.By(
            source.Module,
            isScaled && source.Activation is not null ? new ActivationLayer(Activation.ScaledReLU()) : Rest(source));
        var chosen = choice;
        yield return new(host, WeightHosts.TypeOf(choice), () => WeightHosts.Wrap(chosen, host, activation));
        if (isScaled && source.Activation is null)
            yield return Replacement.By((nn.Module<Tensor, Tensor>)behind!, new ActivationLayer(Activation.ScaledReLU()));
    }

    /// <summary>What remains of a layer when it no longer normalizes.</summary>
    private static nn.Module<Tensor, Tensor> Rest(SourceLayer source) =>
        source.Activation is { } activation ? new ActivationLayer(activation) : nn.Identity();

    private static nn.Module<Tensor, Tensor>? ActivationBehind(Neighbours? beside) =>
        ActivationModules.Of(beside?.Behind) is null ? null : (nn.Module<Tensor, Tensor>)beside!.Behind!;
}
