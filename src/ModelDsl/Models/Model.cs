using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// The base of every declared model of one input. It registers what the generated part declares, keeps parameters and
/// buffers alive when the model is built inside a <c>DisposeScope</c>, moves without reflection, and lists its state in
/// PyTorch's order.
/// </summary>
/// <typeparam name="T">The input of <c>forward</c>.</typeparam>
/// <typeparam name="TResult">The output of <c>forward</c>.</typeparam>
public abstract class Model<T, TResult> : nn.Module<T, TResult>, IModel
{
    /// <summary>Registers the layers: field initialisers have run by then.</summary>
    protected Model()
        : base("Model")
    {
        // The generated part has no constructor of its own: layers are field initialisers, which run before this.
#pragma warning disable CA2214
        RegisterLayers();
#pragma warning restore CA2214
        ModelState.DetachFromScopes(this);
    }

    /// <inheritdoc/>
    public IReadOnlyList<NormalizationParameter> NormalizationParameters() => NormalizationTags.Parameters(this);

    /// <inheritdoc/>
    public IReadOnlyList<ITrackedNormalization> TrackedNormalizations() => NormalizationTags.Tracked(this);

    /// <inheritdoc/>
    public ModelSummary Summary(params long[] inputShape) => SummaryBuilder.Build(this, inputShape);

    /// <summary>
    /// Parameters and persistent buffers by name, in PyTorch's order: depth first, per module parameters, then buffers.
    /// </summary>
    public override Dictionary<string, Tensor> state_dict(
        Dictionary<string, Tensor>? destination = null,
        string? prefix = null) =>
        ModelState.Collect(this, destination ?? [], prefix);

    /// <summary>Registers every layer under its name in the state dict. Generated.</summary>
    protected abstract void RegisterLayers();

    /// <summary>The declared stages and their layers with inferred shapes, in order. Generated.</summary>
    protected abstract IReadOnlyList<StageDescription> DescribeStages();

    IReadOnlyList<StageDescription> IModel.DescribeStages() => DescribeStages();

    /// <summary>Registers a layer; a shortcut that needs no projection is null and is not registered.</summary>
    protected void Register(string name, nn.Module? layer)
    {
        if (layer is not null)
            register_module(name, layer);
    }

    /// <summary>
    /// Layers are registered by <see cref="RegisterLayers"/>; the base class would look for fields by reflection.
    /// </summary>
    protected sealed override void RegisterComponents()
    {
    }

    /// <summary>Moves the layers. The base class would look for fields and properties by reflection.</summary>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        ModelState.Move(this, dtype, device, non_blocking);
        if (device is null)
            return;
        _deviceType = device.type;
        _deviceIndex = device.index;
    }
}
