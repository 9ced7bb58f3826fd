using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// The base of every declared model of one input. It registers what the generated part declares, keeps parameters and
/// buffers alive when the model is built inside a <c>DisposeScope</c>, moves without reflection, and lists its state in
/// PyTorch's order. Models of two to six inputs have bases that behave the same.
/// </summary>
/// <typeparam name="T">The input of <c>forward</c>.</typeparam>
/// <typeparam name="TResult">The output of <c>forward</c>.</typeparam>
public abstract class Model<T, TResult> : nn.Module<T, TResult>, IModelParts
{
    private readonly ModelCore _core;

    /// <summary>Registers the layers: field initialisers have run by then.</summary>
    protected Model()
        : base("Model")
    {
        _core = ModelCore.Of(this);
        // The generated part has no constructor of its own: layers are field initialisers, which run before this.
#pragma warning disable CA2214
        RegisterLayers();
#pragma warning restore CA2214
        _core.Complete();
    }

    ModelCore IModelParts.Core => _core;

    bool IGivenTensorReceiver.CanTakeOver =>
        TakesOver && pre_hooks.Count + post_hooks.Count + module_pre_hooks.Count + module_post_hooks.Count == 0;

    IEnumerable<(string Name, Tensor Buffer, bool IsPersistent)> IComponents.OwnBuffers => Components.Buffers(_internal_buffers);

    /// <inheritdoc/>
    public IReadOnlyList<NormalizationParameter> NormalizationParameters() => NormalizationTags.Parameters(this);

    /// <inheritdoc/>
    public IReadOnlyList<ITrackedNormalization> TrackedNormalizations() => NormalizationTags.Tracked(this);

    /// <inheritdoc/>
    public ModelSummary Summary(params long[] inputShape) => SummaryBuilder.Build(this, inputShape);

    /// <summary>Runs <c>forward</c> and returns what stages gave on the way: a backbone's feature pyramid.</summary>
    /// <param name="input">The input of <c>forward</c>.</param>
    /// <param name="stages">
    /// The stages, as their methods are called; for a stage of a nested model its path in the state dict and a dot before it:
    /// <c>stage1.0.Attend</c>. None: all stages of this model that run.
    /// </param>
    /// <returns>
    /// By stage, as asked for, an alias of what it returned: it shares memory and gradient with the tensor that the model went
    /// on with, lives on after that, and is the caller's to dispose (or the caller's <c>DisposeScope</c>'s). Of a stage that
    /// ran several times, the last. What <c>forward</c> itself returns is disposed.
    /// </returns>
    /// <remarks>
    /// Only the thread that calls this is observed, only until it returns, also where <c>forward</c> throws. Forward hooks run.
    /// </remarks>
    /// <exception cref="ArgumentException">There is no such stage; the message lists those that there are.</exception>
    /// <exception cref="InvalidOperationException">A stage that was asked for did not run.</exception>
    public IReadOnlyDictionary<string, Tensor> Features(T input, params string[] stages) =>
        _core.Features(stages, () => call(input), input);

    /// <summary>
    /// Parameters and persistent buffers by name, in PyTorch's order: depth first, per module parameters, then buffers. Tied
    /// weights are listed under each of their names.
    /// </summary>
    public override Dictionary<string, Tensor> state_dict(
        Dictionary<string, Tensor>? destination = null,
        string? prefix = null) =>
        ModelState.Collect(this, destination ?? [], prefix);

    /// <summary>The parameters by name. Tied weights are listed once, under the name of what the others are tied to.</summary>
    public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
        Components.NamedParameters(_core, base.named_parameters(recurse), recurse);

    /// <summary>The buffers by name, with those that are no part of the state dict unless they are declined.</summary>
    public override IEnumerable<(string name, Tensor buffer)> named_buffers(
        bool recurse = true,
        bool include_nonpersistent = true) =>
        Components.NamedBuffers(this, base.named_buffers(recurse, include_nonpersistent), recurse, include_nonpersistent);

    /// <summary>
    /// Sets the mode of the model and of all that it holds, but for layers whose batch statistics are frozen: those evaluate
    /// (<see cref="Freezing.FreezeStatistics"/>).
    /// </summary>
    public override void train(bool train = true)
    {
        base.train(train);
        _core.KeepStatistics();
    }

    /// <summary>Registers every layer, parameter and buffer under its name in the state dict. Generated.</summary>
    protected abstract void RegisterLayers();

    /// <summary>The declared stages and their layers with inferred shapes, in order. Generated.</summary>
    protected abstract IReadOnlyList<StageDescription> DescribeStages();

    IReadOnlyList<StageDescription> IModel.DescribeStages() => DescribeStages();

    /// <summary>Registers a layer; a layer that is absent (a shortcut that needs no projection) is null and is not.</summary>
    /// <param name="name">The name in the state dict. Dots are levels: <c>features.0</c>.</param>
    /// <param name="layer">The layer.</param>
    /// <exception cref="ArgumentException">The name is taken, or a part of it is empty.</exception>
    protected void Register(string name, nn.Module? layer) => _core.Register(name, layer);

    /// <summary>As <see cref="Register(string, nn.Module?)"/>, for a layer that is a normalization whatever its type.</summary>
    /// <exception cref="ArgumentException">The name is taken, or a part of it is empty.</exception>
    protected void RegisterNormalization(string name, nn.Module? layer) => _core.RegisterNormalization(name, layer);

    /// <summary>Registers repeated blocks as <c>name.0</c>, <c>name.1</c> and so on.</summary>
    /// <exception cref="ArgumentException">The name is taken, or a part of it is empty.</exception>
    protected void Register<TBlock>(string name, RepeatedBlock<TBlock>? blocks)
        where TBlock : nn.Module =>
        _core.Register(index => FormattableString.Invariant($"{name}.{index}"), blocks);

    /// <summary>Registers repeated blocks under the name of each index: <c>features.denseblock1.denselayer3</c>.</summary>
    /// <exception cref="ArgumentException">A name is taken, or a part of it is empty.</exception>
    protected void Register<TBlock>(Func<int, string> name, RepeatedBlock<TBlock>? blocks)
        where TBlock : nn.Module =>
        _core.Register(name, blocks);

    /// <summary>Registers a parameter of the model's own; null is not registered.</summary>
    /// <param name="name">The name in the state dict. Dots are levels: <c>encoder.pos_embedding</c>.</param>
    /// <param name="parameter">The parameter. Moving the model replaces it: <see cref="MoveParameters"/>.</param>
    /// <exception cref="ArgumentException">The name is taken, or a part of it is empty.</exception>
    protected void RegisterParameter(string name, Parameter? parameter) => _core.Register(name, parameter);

    /// <summary>Registers a buffer of the model's own; null is not registered.</summary>
    /// <param name="name">The name in the state dict. Dots are levels.</param>
    /// <param name="buffer">The buffer. Moving the model replaces it: <see cref="MoveParameters"/>.</param>
    /// <param name="persistent">Whether it is part of the state dict. It moves with the model in any case.</param>
    /// <exception cref="ArgumentException">The name is taken, or a part of it is empty.</exception>
    protected void RegisterBuffer(string name, Tensor? buffer, bool persistent) => _core.Register(name, buffer, persistent);

    /// <summary>
    /// Called when the model moves, to write the model's own parameters and buffers back to their fields:
    /// <c>_classToken = Move("class_token", _classToken, destination)</c>. Generated.
    /// </summary>
    protected virtual void MoveParameters(Destination destination)
    {
    }

    /// <summary>
    /// Called after the layers are registered and each time the model has moved: <c>_head.weight = Tied(_tokens.weight)</c>.
    /// Generated.
    /// </summary>
    protected virtual void TieParameters()
    {
    }

    /// <summary>
    /// The same parameter for another layer. The two are one tensor with one gradient: the state dict lists both names,
    /// <c>parameters()</c> one, and an optimizer steps once.
    /// </summary>
    /// <param name="parameter">The parameter of the layer that keeps its name in <c>named_parameters()</c>.</param>
    protected Parameter Tied(Parameter parameter) => _core.Tied(parameter);

    /// <summary>The parameter where the model moves to. It is registered under its name, and the old one is freed.</summary>
    protected Parameter Move(string name, Parameter parameter, Destination destination) =>
        _core.Move(name, parameter, destination);

    /// <summary>The buffer where the model moves to. It is registered under its name, and the old one is freed.</summary>
    protected Tensor MoveBuffer(string name, Tensor buffer, Destination destination) =>
        _core.MoveBuffer(name, buffer, destination);

    /// <summary>What a stage returns, on its way out, for <see cref="Features"/>.</summary>
    protected Tensor Reached(string stage, Tensor output) => FeatureCapture.Reached(_core, stage, output);

    /// <summary>
    /// Whether <c>forward</c> frees a tensor that its caller gives up to it: <see cref="TakeOver"/>. Generated; where
    /// <c>forward</c> is written by hand, its input stays the caller's.
    /// </summary>
    protected virtual bool TakesOver => false;

    /// <summary>
    /// A tensor that is not needed after this call: the stage that it is passed to frees it at its last use. Only generated
    /// code gives tensors up; a stage that is called by hand leaves its input alone.
    /// </summary>
    [return: NotNullIfNotNull(nameof(tensor))]
    protected Tensor? GiveUp(Tensor? tensor) => GivenTensor.Give(tensor, this);

    /// <summary>As <see cref="GiveUp(Tensor)"/>, for a nested model or repeated blocks.</summary>
    /// <param name="tensor">The tensor. A model that has hooks, which may look at it later, leaves it to the caller.</param>
    /// <param name="receiver">The model or the blocks that this call runs.</param>
    [return: NotNullIfNotNull(nameof(tensor))]
    protected static Tensor? GiveUp(Tensor? tensor, object receiver) => GivenTensor.Offer(tensor, receiver);

    /// <summary>The stage's input, given on to <paramref name="receiver"/> where the stage's caller gave it up.</summary>
    protected Tensor PassOn(Tensor input, object receiver) => GivenTensor.PassOn(input, this, receiver);

    /// <summary>The input where the caller gave it up, to be freed at its last use; null where it stays the caller's.</summary>
    protected Tensor? TakeOver(Tensor input) => GivenTensor.Take(input, this);

    /// <summary>
    /// Layers are registered by <see cref="RegisterLayers"/>; the base class would look for fields by reflection.
    /// </summary>
    protected sealed override void RegisterComponents()
    {
    }

    /// <summary>Moves the layers. The base class would look for fields and properties by reflection.</summary>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        _core.MoveAll(new(dtype, device), non_blocking);
        if (device is null)
            return;
        _deviceType = device.type;
        _deviceIndex = device.index;
    }

    void IComponents.Put(string name, Parameter parameter) => ConditionallyRegisterParameter(name, parameter);

    void IComponents.Put(string name, Tensor buffer, bool isPersistent) =>
        ConditionallyRegisterBuffer(name, buffer, isPersistent);

    void IModelParts.MoveParameters(Destination destination) => MoveParameters(destination);

    void IModelParts.TieParameters() => TieParameters();
}
