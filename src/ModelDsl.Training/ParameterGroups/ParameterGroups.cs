using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>
/// The parameters of a model in the groups that an optimizer treats apart. Every parameter is in one group once, tied weights
/// under the name that <c>named_parameters()</c> gives, frozen ones too: an optimizer passes over them until they are
/// unfrozen. Each method returns further groups and leaves these as they are.
/// </summary>
/// <remarks>
/// Move the model before: moving replaces its parameters. <see cref="TrainingLoop{TBatch}"/> and TorchSharp's schedulers keep
/// the proportions of the groups' learning rates.
/// </remarks>
/// <example>
/// <code>
/// var groups = ParameterGroups.Of(model, learningRate: 1e-3, weightDecay: 0.05)
///     .WithoutDecayOnNormalizationAndBiases()
///     .WithoutDecayOn("pos_embedding")
///     .WithLearningRateByDepth(decay: 0.75);
/// using var optimizer = optim.AdamW(groups.ForAdamW());
/// </code>
/// </example>
public sealed class ParameterGroups
{
    private readonly IReadOnlyList<ParameterEntry> _entries;
    private readonly HashSet<nint> _normalization;
    private readonly Func<IReadOnlyList<string>, StatePlaces> _places;
    private readonly Func<LayerDepths> _depths;

    private ParameterGroups(
        IReadOnlyList<ParameterEntry> entries,
        HashSet<nint> normalization,
        Func<IReadOnlyList<string>, StatePlaces> places,
        Func<LayerDepths> depths)
    {
        _entries = entries;
        _normalization = normalization;
        _places = places;
        _depths = depths;
    }

    private ParameterGroups(ParameterGroups origin, Func<ParameterEntry, ParameterEntry> change)
        : this([.. origin._entries.Select(change)], origin._normalization, origin._places, origin._depths)
    {
    }

    /// <summary>All parameters of a model in one group.</summary>
    /// <param name="model">The model.</param>
    /// <param name="learningRate">The learning rate. Positive.</param>
    /// <param name="weightDecay">The weight decay. Default: 0, none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    public static ParameterGroups Of<TModel>(TModel model, double learningRate, double weightDecay = 0)
        where TModel : nn.Module, IModel
    {
        ArgumentNullException.ThrowIfNull(model);
        EnsureFactor(learningRate, nameof(learningRate));
        EnsureFactor(weightDecay, nameof(weightDecay));
        return new(
            [.. model.named_parameters().Select(it => new ParameterEntry(it.name, it.parameter, learningRate, weightDecay))],
            [.. model.NormalizationParameters().Select(tag => tag.Parameter.Handle)],
            places => StatePlaces.OfParameters(model, places),
            () => LayerDepths.Of(model));
    }

    /// <summary>The groups, in the order of their first parameters in the state dict.</summary>
    public IReadOnlyList<ParameterGroup> Groups =>
    [
        .. from entry in _entries
           group entry by (entry.LearningRate, entry.WeightDecay) into alike
           select new ParameterGroup(
               alike.Key.LearningRate,
               alike.Key.WeightDecay,
               [.. alike.Select(entry => entry.Name)],
               [.. alike.Select(entry => entry.Parameter)]),
    ];

    /// <summary>
    /// No weight decay on the affine parameters of normalization layers, on biases, nor on anything else of one axis or none
    /// (layer scales, slopes of PReLU).
    /// </summary>
    public ParameterGroups WithoutDecayOnNormalizationAndBiases() =>
        new(this, entry => IsSpared(entry) ? entry with { WeightDecay = 0 } : entry);

    /// <summary>No weight decay on some places.</summary>
    /// <param name="places">
    /// Names in the state dict or beginnings of them, or stages: <see cref="Freezing"/>. Give one or more.
    /// </param>
    /// <exception cref="ArgumentException">There is no such place, or none is given.</exception>
    public ParameterGroups WithoutDecayOn(params string[] places)
    {
        var selection = Places(places);
        return new(this, entry => selection.Contains(entry.Name) ? entry with { WeightDecay = 0 } : entry);
    }

    /// <summary>Multiplies the learning rate of some places: a tenth for a backbone, say.</summary>
    /// <param name="factor">The factor. Not negative.</param>
    /// <param name="places">
    /// Names in the state dict or beginnings of them, or stages: <see cref="Freezing"/>. Give one or more.
    /// </param>
    /// <exception cref="ArgumentException">There is no such place, or none is given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative or not finite.</exception>
    public ParameterGroups WithLearningRate(double factor, params string[] places)
    {
        EnsureFactor(factor, nameof(factor));
        var selection = Places(places);
        return new(
            this,
            entry => selection.Contains(entry.Name) ? entry with { LearningRate = entry.LearningRate * factor } : entry);
    }

    /// <summary>
    /// Layer-wise decay (Clark et al. 2020, ELECTRA; Bao et al. 2022, BEiT): the learning rate of depth d of D is multiplied by
    /// <c>decay^(D - 1 - d)</c>, so that the last layers have the full rate and each layer before them less.
    /// </summary>
    /// <remarks>
    /// Depths are counted along the stages in order of declaration. A stage is one depth; each of its repeated blocks is one
    /// of its own, and so is what stands before and behind them in the stage. What belongs to no stage: parameters of the
    /// model's own, such as position embeddings, have the first depth, other layers the last.
    /// </remarks>
    /// <param name="decay">The factor from one depth to the one before it. More than 0, at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is out of range.</exception>
    public ParameterGroups WithLearningRateByDepth(double decay)
    {
        var depths = _depths();
        return WithLearningRateByDepth(decay, depths.Count, name => depths[name]);
    }

    /// <summary>As <see cref="WithLearningRateByDepth(double)"/>, with depths of one's own.</summary>
    /// <param name="decay">The factor from one depth to the one before it. More than 0, at most 1.</param>
    /// <param name="depths">The number of depths, D.</param>
    /// <param name="depthOf">The depth of a parameter by its name in the state dict, from 0 to D - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ParameterGroups WithLearningRateByDepth(double decay, int depths, Func<string, int> depthOf)
    {
        ArgumentNullException.ThrowIfNull(depthOf);
        if (!(decay is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(decay), decay, "The factor must be more than 0 and at most 1.");
        return new(this, entry =>
        {
            var depth = depthOf(entry.Name);
            if (depth < 0 || depth >= depths)
                throw new ArgumentOutOfRangeException(
                    nameof(depthOf), depth, $"{entry.Name} must have a depth from 0 to {depths - 1}.");
            return entry with { LearningRate = entry.LearningRate * Math.Pow(decay, depths - 1 - depth) };
        });
    }

    /// <summary>The groups for <c>optim.SGD(groups, learningRate)</c>.</summary>
    public IReadOnlyList<SGD.ParamGroup> ForSGD(double momentum = 0, double dampening = 0, bool nesterov = false) =>
    [
        .. Groups.Select(group => new SGD.ParamGroup(
            group.Parameters, group.LearningRate, momentum, dampening, group.WeightDecay, nesterov)),
    ];

    /// <summary>The groups for <c>optim.AdamW(groups)</c>.</summary>
    public IReadOnlyList<AdamW.ParamGroup> ForAdamW(
        double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, bool amsgrad = false) =>
    [
        .. Groups.Select(group => new AdamW.ParamGroup(
            group.Parameters, group.LearningRate, beta1, beta2, epsilon, group.WeightDecay, amsgrad)),
    ];

    private bool IsSpared(ParameterEntry entry) =>
        entry.Parameter.ndim <= 1
        || _normalization.Contains(entry.Parameter.Handle)
        || entry.Name[(entry.Name.LastIndexOf('.') + 1)..].Contains("bias", StringComparison.Ordinal);

    private StatePlaces Places(string[] places)
    {
        ArgumentNullException.ThrowIfNull(places);
        return places.Length > 0 ? _places(places) : throw new ArgumentException("Give one place or more.", nameof(places));
    }

    private static void EnsureFactor(double value, string name)
    {
        if (!double.IsFinite(value) || value < 0)
            throw new ArgumentOutOfRangeException(name, value, "The number must be finite and not negative.");
    }
}
