using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>The base of every declared model of five inputs; it does what <see cref="Model{T, TResult}"/> does.</summary>
/// <typeparam name="T1">The first input of <c>forward</c>.</typeparam>
/// <typeparam name="T2">The second input of <c>forward</c>.</typeparam>
/// <typeparam name="T3">The third input of <c>forward</c>.</typeparam>
/// <typeparam name="T4">The fourth input of <c>forward</c>.</typeparam>
/// <typeparam name="T5">The fifth input of <c>forward</c>.</typeparam>
/// <typeparam name="TResult">The output of <c>forward</c>.</typeparam>
public abstract class Model<T1, T2, T3, T4, T5, TResult> : nn.Module<T1, T2, T3, T4, T5, TResult>, IModelParts
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
    /// <param name="input1">The first input of <c>forward</c>.</param>
    /// <param name="input2">The second input of <c>forward</c>.</param>
    /// <param name="input3">The third input of <c>forward</c>.</param>
    /// <param name="input4">The fourth input of <c>forward</c>.</param>
    /// <param name="input5">The fifth input of <c>forward</c>.</param>
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
    public IReadOnlyDictionary<string, Tensor> Features(
        T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, params string[] stages) =>
        _core.Features(stages, () => call(input1, input2, input3, input4, input5), input1, input2, input3, input4, input5);

    /// <inheritdoc cref="Model{T, TResult}.state_dict"/>
    public override Dictionary<string, Tensor> state_dict(
        Dictionary<string, Tensor>? destination = null,
        string? prefix = null) =>
        ModelState.Collect(this, destination ?? [], prefix);

    /// <inheritdoc cref="Model{T, TResult}.named_parameters"/>
    public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
        Components.NamedParameters(_core, base.named_parameters(recurse), recurse);

    /// <inheritdoc cref="Model{T, TResult}.named_buffers"/>
    public override IEnumerable<(string name, Tensor buffer)> named_buffers(
        bool recurse = true,
        bool include_nonpersistent = true) =>
        Components.NamedBuffers(this, base.named_buffers(recurse, include_nonpersistent), recurse, include_nonpersistent);

    /// <inheritdoc cref="Model{T, TResult}.train"/>
    public override void train(bool train = true)
    {
        base.train(train);
        _core.KeepStatistics();
    }

    /// <inheritdoc cref="Model{T, TResult}.RegisterLayers"/>
    protected abstract void RegisterLayers();

    /// <inheritdoc cref="Model{T, TResult}.DescribeStages"/>
    protected abstract IReadOnlyList<StageDescription> DescribeStages();

    IReadOnlyList<StageDescription> IModel.DescribeStages() => DescribeStages();

    /// <inheritdoc cref="Model{T, TResult}.Register(string, nn.Module?)"/>
    protected void Register(string name, nn.Module? layer) => _core.Register(name, layer);

    /// <inheritdoc cref="Model{T, TResult}.RegisterNormalization"/>
    protected void RegisterNormalization(string name, nn.Module? layer) => _core.RegisterNormalization(name, layer);

    /// <inheritdoc cref="Model{T, TResult}.Register{TBlock}(string, RepeatedBlock{TBlock})"/>
    protected void Register<TBlock>(string name, RepeatedBlock<TBlock>? blocks)
        where TBlock : nn.Module =>
        _core.Register(index => FormattableString.Invariant($"{name}.{index}"), blocks);

    /// <inheritdoc cref="Model{T, TResult}.Register{TBlock}(Func{int, string}, RepeatedBlock{TBlock})"/>
    protected void Register<TBlock>(Func<int, string> name, RepeatedBlock<TBlock>? blocks)
        where TBlock : nn.Module =>
        _core.Register(name, blocks);

    /// <inheritdoc cref="Model{T, TResult}.RegisterParameter"/>
    protected void RegisterParameter(string name, Parameter? parameter) => _core.Register(name, parameter);

    /// <inheritdoc cref="Model{T, TResult}.RegisterBuffer"/>
    protected void RegisterBuffer(string name, Tensor? buffer, bool persistent) => _core.Register(name, buffer, persistent);

    /// <inheritdoc cref="Model{T, TResult}.MoveParameters"/>
    protected virtual void MoveParameters(Destination destination)
    {
    }

    /// <inheritdoc cref="Model{T, TResult}.TieParameters"/>
    protected virtual void TieParameters()
    {
    }

    /// <inheritdoc cref="Model{T, TResult}.Tied"/>
    protected Parameter Tied(Parameter parameter) => _core.Tied(parameter);

    /// <inheritdoc cref="Model{T, TResult}.Move"/>
    protected Parameter Move(string name, Parameter parameter, Destination destination) =>
        _core.Move(name, parameter, destination);

    /// <inheritdoc cref="Model{T, TResult}.MoveBuffer"/>
    protected Tensor MoveBuffer(string name, Tensor buffer, Destination destination) =>
        _core.MoveBuffer(name, buffer, destination);

    /// <inheritdoc cref="Model{T, TResult}.Reached"/>
    protected Tensor Reached(string stage, Tensor output) => FeatureCapture.Reached(_core, stage, output);

    /// <inheritdoc cref="Model{T, TResult}.TakesOver"/>
    protected virtual bool TakesOver => false;

    /// <inheritdoc cref="Model{T, TResult}.GiveUp(Tensor)"/>
    [return: NotNullIfNotNull(nameof(tensor))]
    protected Tensor? GiveUp(Tensor? tensor) => GivenTensor.Give(tensor, this);

    /// <inheritdoc cref="Model{T, TResult}.GiveUp(Tensor, object)"/>
    [return: NotNullIfNotNull(nameof(tensor))]
    protected static Tensor? GiveUp(Tensor? tensor, object receiver) => GivenTensor.Offer(tensor, receiver);

    /// <inheritdoc cref="Model{T, TResult}.PassOn"/>
    protected Tensor PassOn(Tensor input, object receiver) => GivenTensor.PassOn(input, this, receiver);

    /// <inheritdoc cref="Model{T, TResult}.TakeOver"/>
    protected Tensor? TakeOver(Tensor input) => GivenTensor.Take(input, this);

    /// <inheritdoc cref="Model{T, TResult}.RegisterComponents"/>
    protected sealed override void RegisterComponents()
    {
    }

    /// <inheritdoc cref="Model{T, TResult}._toEpilog"/>
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
