namespace ModelDsl.Definition;

/// <summary>
/// Follows shapes, channel axes and paths through a hand-written body. What is not understood is unknown, and what is unknown is
/// never reported.
/// </summary>
public sealed class ForwardFlow
{
    /// <summary>Shapes that change from one run of a loop to the next are unknown after this many.</summary>
    private const int MostRounds = 4;

    private const int DeepestCall = 4;

    /// <summary>A body whose loops nest so deep that interpreting it takes long is left unknown.</summary>
    private const int MostSteps = 20_000;

    private readonly List<Finding> _findings = [];
    private readonly Stack<int> _methods = new();
    private int _silent;
    private int _steps;

    private ForwardFlow(ForwardModel model)
    {
        Model = model;
        Facts = new(model.Sizes);
    }

    internal ForwardModel Model { get; }

    internal SizeFacts Facts { get; }

    /// <param name="model">What the body can see.</param>
    /// <param name="method">The method by its place in <see cref="ForwardModel.Methods"/>.</param>
    /// <param name="inputs">What enters; what the parameters declare where it is left out.</param>
    public static ForwardResult Run(ForwardModel model, int method, IReadOnlyList<FlowValue>? inputs = null)
    {
        var flow = new ForwardFlow(model);
        var output = flow.Enter(method, inputs ?? flow.Declared(model.Methods[method]));
        return new(output, flow._findings.ToEquatableArray());
    }

    /// <summary>What the parameters of a method declare; the first tensor is the signal.</summary>
    internal IReadOnlyList<FlowValue> Declared(ForwardMethod method)
    {
        var values = new List<FlowValue>();
        foreach (var parameter in method.Parameters)
        {
            var value = parameter.Kind switch
            {
                ForwardParameterKind.Tensor => TensorValue.Input(Parse(parameter.Shape)?.Shape, parameter.ChannelsFirst),
                ForwardParameterKind.Integer => new IntegerValue(null),
                _ => FlowValue.Unknown,
            };
            values.Add(value is TensorValue tensor && values.OfType<TensorValue>().Any() ? tensor with { Path = null } : value);
        }
        return values;
    }

    /// <summary>A declared shape; null where it leaves axes open or is wrong, which is reported where it stands.</summary>
    internal DeclaredShape? Parse(string? text) =>
        text is null ? null : ShapeParser.Parse(text, Model.Sizes, out _) is { IsOpen: false } shape ? shape : null;

    /// <summary>What a method of the class returns for what it is given.</summary>
    internal FlowValue Enter(int index, IReadOnlyList<FlowValue> inputs)
    {
        var method = Model.Methods[index];
        var isTooDeep = _methods.Contains(index) || _methods.Count > DeepestCall;
        if (method.IsOpaque || isTooDeep || inputs.Count != method.Parameters.Count)
            return FlowValue.Unknown;
        _methods.Push(index);
        var body = new ForwardBody(this, index, method, inputs);
        body.Run(method.Body);
        _methods.Pop();
        return body.Returned ?? FlowValue.Unknown;
    }

    /// <summary>Whether interpretation has taken so long that the rest is left unknown.</summary>
    internal bool IsExhausted() => ++_steps > MostSteps;

    internal void Report(Finding finding)
    {
        // A loop runs more than once; what was found first is most exact.
        if (_silent == 0 && !_findings.Any(known => known.Rule == finding.Rule && known.Anchor == finding.Anchor))
            _findings.Add(finding);
    }

    /// <summary>
    /// Runs a loop's body until nothing changes any more. The first run is what happens first; what is found in later ones, on
    /// the way to what holds for all, is not reported.
    /// </summary>
    internal ForwardLocals Settle(ForwardLocals before, Func<ForwardLocals, ForwardLocals?> run)
    {
        var locals = before;
        for (var round = 0; ; round++)
        {
            _silent += round > 0 ? 1 : 0;
            var joined = FlowJoin.Join(locals, run(locals))!;
            _silent -= round > 0 ? 1 : 0;
            var next = before.Names.Aggregate(locals, (kept, name) => kept.With(name, joined[name]!));
            if (round > 0)
                next = Widen(locals, next);
            if (next.IsSame(locals))
                break;
            locals = round < MostRounds ? next : Forget(locals, next);
        }
        return locals;
    }

    /// <summary>A path that grows with each run is a loop's own: what one run adds is enough.</summary>
    private static ForwardLocals Widen(ForwardLocals before, ForwardLocals after) => before.Names.Aggregate(
        after,
        (kept, name) => (before[name], after[name]) switch
        {
            (TensorValue { Path: { } old }, TensorValue { Path: { } grown } value) when !old.Equals(grown) && IsLoop(old) =>
                kept.With(name, value with { Path = old }),
            _ => kept,
        });

    private static bool IsLoop(EquatableArray<PathStep> path) =>
        path.Count > 0 && path[path.Count - 1].Kind == PathStepKind.Unknown;

    private static ForwardLocals Forget(ForwardLocals before, ForwardLocals after) => before.Names.Aggregate(
        after, (kept, name) => after[name]!.Equals(before[name]) ? kept : kept.With(name, FlowValue.Unknown));
}
