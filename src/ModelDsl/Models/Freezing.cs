using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Keeps parts of a model from being trained.</summary>
/// <remarks>
/// <para>
/// A frozen parameter has <c>requires_grad = false</c> and no gradient: nothing is computed for it, and an optimizer that holds
/// it leaves it alone, weight decay included. It stays frozen when the model moves. Batch statistics are no parameters:
/// BatchNorm goes on gathering them in training mode until <see cref="FreezeStatistics"/>.
/// </para>
/// <para>
/// A place is a name in the state dict or the beginning of one at a dot (<c>stage1</c>, <c>stage1.0</c>,
/// <c>head_linear.weight</c>), or a stage as its method is called (<c>Stem</c>), with the path before it in a nested model
/// (<c>stage1.0.Attend</c>).
/// </para>
/// </remarks>
/// <example>
/// <code>
/// model.Freeze("Stem", "stage1").FreezeStatistics("Stem", "stage1");   // fine-tune the rest
/// model.Freeze(ParameterSet.AllButNormalization);                      // train normalization alone
/// </code>
/// </example>
public static class Freezing
{
    /// <summary>Freezes the parameters of some places; without any, all parameters.</summary>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">There is no such place.</exception>
    public static TModel Freeze<TModel>(this TModel model, params string[] places)
        where TModel : nn.Module, IModel => SetFrozen(model, At(model, places), isFrozen: true);

    /// <summary>Freezes a set of parameters.</summary>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The set is undefined.</exception>
    public static TModel Freeze<TModel>(this TModel model, ParameterSet parameters)
        where TModel : nn.Module, IModel => SetFrozen(model, In(model, parameters), isFrozen: true);

    /// <summary>Lets the parameters of some places be trained again; without any, all parameters.</summary>
    /// <inheritdoc cref="Freeze{TModel}(TModel, string[])"/>
    public static TModel Unfreeze<TModel>(this TModel model, params string[] places)
        where TModel : nn.Module, IModel => SetFrozen(model, At(model, places), isFrozen: false);

    /// <summary>Lets a set of parameters be trained again.</summary>
    /// <inheritdoc cref="Freeze{TModel}(TModel, ParameterSet)"/>
    public static TModel Unfreeze<TModel>(this TModel model, ParameterSet parameters)
        where TModel : nn.Module, IModel => SetFrozen(model, In(model, parameters), isFrozen: false);

    /// <summary>
    /// Keeps normalization layers with running statistics in evaluation mode in some places, or without any everywhere: they
    /// use the statistics that they have and gather no more. <c>train()</c> on the model, on one that nests it or on a module
    /// round it does not change that.
    /// </summary>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">
    /// There is no such place, or a layer stands in no declared model: only those keep it in evaluation.
    /// </exception>
    public static TModel FreezeStatistics<TModel>(this TModel model, params string[] places)
        where TModel : nn.Module, IModel => SetStatistics(model, places, isFrozen: true);

    /// <summary>
    /// Lets those layers follow <c>train()</c> and <c>eval()</c> again, and first the mode that the model is in.
    /// </summary>
    /// <inheritdoc cref="FreezeStatistics{TModel}(TModel, string[])"/>
    public static TModel UnfreezeStatistics<TModel>(this TModel model, params string[] places)
        where TModel : nn.Module, IModel => SetStatistics(model, places, isFrozen: false);

    private static TModel SetFrozen<TModel>(TModel model, Func<string, Parameter, bool> isMeant, bool isFrozen)
        where TModel : nn.Module
    {
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (!isMeant(name, parameter))
                continue;
            parameter.requires_grad = !isFrozen;
            // Momentum and weight decay would go on moving a parameter that has a gradient, even of zeros.
            if (isFrozen)
                parameter.grad = null;
        }
        return model;
    }

    private static Func<string, Parameter, bool> At<TModel>(TModel model, string[] places)
        where TModel : nn.Module, IModel
    {
        var selection = StatePlaces.OfParameters(model, places);
        return (name, _) => selection.Contains(name);
    }

    private static Func<string, Parameter, bool> In<TModel>(TModel model, ParameterSet parameters)
        where TModel : nn.Module, IModel
    {
        var normalization = model.NormalizationParameters()
            .Select(tag => tag.Parameter)
            .ToHashSet<object>(ReferenceEqualityComparer.Instance);
        return parameters switch
        {
            ParameterSet.All => (_, _) => true,
            ParameterSet.Normalization => (_, parameter) => normalization.Contains(parameter),
            ParameterSet.AllButNormalization => (_, parameter) => !normalization.Contains(parameter),
            _ => throw new ArgumentOutOfRangeException(nameof(parameters), parameters, "The set is not one of ParameterSet."),
        };
    }

    private static TModel SetStatistics<TModel>(TModel model, string[] places, bool isFrozen)
        where TModel : nn.Module, IModel
    {
        var selection = StatePlaces.Of(model, places);
        foreach (var layer in NormalizationTags.Layers(model).ToList())
        {
            if (!selection.Contains(layer.Name) || !layer.Module.buffers().Any())
                continue;
            if (layer.Model is not { } core)
                throw new ArgumentException($"{layer.Name} stands in no declared model: train() would undo it.", nameof(model));
            core.SetStatistics(layer.Module, isFrozen);
        }
        return model;
    }
}
