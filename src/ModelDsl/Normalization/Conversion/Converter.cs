using System.Diagnostics.CodeAnalysis;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Replaces the normalization layers of a module by those of a choice.</summary>
[RequiresUnreferencedCode(LayerHolders.Reason)]
internal sealed class Converter
{
    private readonly Normalization _choice;
    private readonly ModulePlaces _places;
    private readonly LayerHolders _holders;
    private readonly ConversionPlanner _planner;

    private Converter(nn.Module module, Normalization choice)
    {
        _choice = choice;
        _places = new(module);
        _holders = new(_places);
        _planner = new(choice, new(_places));
    }

    /// <summary>Plans everything, then changes what can be.</summary>
    /// <exception cref="ArgumentException">The module is a normalization itself, or channels don't fit the choice.</exception>
    public static ConversionReport Convert(nn.Module module, Normalization choice)
    {
        if (IsNormalization(module))
            throw new ArgumentException(
                $"{module.GetType().Name} is a normalization itself and can't be replaced in place; build the layer by "
                    + "NormalizationLayers, or convert the module that holds it.",
                nameof(module));
        var converter = new Converter(module, choice);
        return new([.. converter.PlanAll().Select(converter.Apply)]);
    }

    private static bool IsNormalization(nn.Module module) =>
        NormalizationTags.VariantOf(module) != NormalizationVariant.Inherit;

    private List<PlannedConversion> PlanAll()
    {
        var (plans, errors) = (new List<PlannedConversion>(), new List<string>());
        foreach (var layer in _places.Modules.Where(IsNormalization))
        {
            try
            {
                plans.Add(Plan(layer));
            }
            catch (ArgumentException error)
            {
                errors.Add(error.Message);
            }
        }
        if (errors.Count == 0)
            return plans;
        foreach (var planned in plans.SelectMany(plan => plan.Replacements).Where(planned => planned.IsBuilt))
            planned.Build().Dispose();
        throw new ArgumentException($"Nothing was converted. {string.Join(" ", errors)}");
    }

    private PlannedConversion Plan(nn.Module layer)
    {
        var place = _places.Of(layer)[0];
        var isOwn = NormalizationTags.VariantOf(layer) == NormalizationVariant.Custom;
        if (isOwn || layer is not nn.Module<Tensor, Tensor> ofTensors)
            return PlannedConversion.LeaveAlone(layer, "it is a normalization of one's own");
        if (_places.Of(layer).Select(other => other.Definer).OfType<IModel>().FirstOrDefault() is { } model)
            return PlannedConversion.LeaveAlone(layer, Declared((nn.Module)model));
        var plan = _planner.Plan(ofTensors, $"{_places.Root.GetType().Name}.{place.Name}");
        var reasons = plan.Replacements.Select(planned => WhyNot(layer, planned));
        return reasons.FirstOrDefault(reason => reason is not null) is { } reason
            ? PlannedConversion.LeaveAlone(layer, reason)
            : plan;
    }

    private string Declared(nn.Module model) =>
        $"{model.GetName()} is declared: put [{_choice.Variant.AttributeName()}] on it, or pass the choice to its constructor";

    /// <summary>Why another module can't stand where one stands, or null.</summary>
    private string? WhyNot(nn.Module layer, Replacement planned)
    {
        var places = _places.Of(planned.Old);
        if (places.Count > 1 && !ReferenceEquals(planned.Old, layer))
            return $"{places[0].Name} beside it stands in several places; give each place a layer of its own";
        if (ModuleRegistries.HasHooks(planned.Old))
            return $"a hook is registered on {places[0].Name}; remove it first";
        foreach (var place in places)
        {
            if (!ModuleRegistries.CanReplace(place, planned.Type))
                return $"{place.Parent.GetType().Name} can't hold another layer in the place of {place.Name}";
        }
        if (_holders.Of(planned.Old).FirstOrDefault(holder => !holder.Type.IsAssignableFrom(planned.Type)) is { } holder)
            return $"{holder.Name} is typed {holder.Type.Name}; type it nn.Module<Tensor, Tensor>";
        var isCalled = _holders.Of(planned.Old).Count > 0 || places.All(place =>
            place.Parent is Sequential || ModulePlaces.IsContainer(place.Parent));
        return isCalled
            ? null
            : $"no field was found that holds {places[0].Name}; keep it in a field of type nn.Module<Tensor, Tensor>";
    }

    private LayerConversion Apply(PlannedConversion plan)
    {
        var place = string.Join(", ", _places.Of(plan.Layer).Select(other => other.Name));
        var from = plan.Layer.GetType().Name;
        if (plan.Reason is not null)
            return new(place, from, null, [], plan.Reason);
        var built = plan.Replacements.Select(planned => planned.Build()).ToList();
        Move(plan.Layer, built);
        if (_choice.Variant == NormalizationVariant.None && plan.Host is { } host)
            WeightHosts.EnsureBias(host);
        var target = built.OfType<ParametrizedWeightLayer>().FirstOrDefault() as nn.Module
            ?? (_choice.Variant == NormalizationVariant.None ? null : built[0]);
        var state = StateTransfer.Carry(plan.Layer, target);
        foreach (var (planned, replacement) in plan.Replacements.Zip(built))
            Replace(planned.Old, replacement);
        return new(place, from, target?.GetType().Name ?? built[0].GetType().Name, state.Kept, state.Note);
    }

    /// <summary>New layers go where the state of the old one is, in its type and mode.</summary>
    private void Move(nn.Module old, List<nn.Module<Tensor, Tensor>> built)
    {
        var like = old.parameters(recurse: false).Concat(old.buffers(recurse: false)).Concat(_places.Root.parameters())
            .FirstOrDefault(is_floating_point);
        foreach (var module in built)
        {
            // What took a weight over is where that is, and in its mode.
            if (module is ParametrizedWeightLayer)
                continue;
            if (like is not null)
                module.to(like.device, like.dtype);
            module.train(old.training);
        }
    }

    private void Replace(nn.Module old, nn.Module<Tensor, Tensor> replacement)
    {
        foreach (var holder in _holders.Of(old))
            holder.Put(replacement);
        foreach (var place in _places.Of(old))
        {
            ModuleRegistries.Replace(place, replacement);
            place.Model?.Replace(old, replacement);
        }
        old.Dispose();
    }
}
