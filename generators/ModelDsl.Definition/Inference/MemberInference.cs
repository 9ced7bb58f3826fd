namespace ModelDsl.Definition;

/// <summary>
/// The stages and layer properties of one model. Each is inferred when it is first asked for, by the chain, by a branch or call
/// within another stage, or by the author's <c>forward</c>; the first that asks decides what flows in where nothing is declared.
/// </summary>
internal sealed class MemberInference(ModelScope scope)
{
    /// <summary>Calls of one stage with ever new shapes are followed this often; further ones are taken for the first.</summary>
    private const int MostFurtherRuns = 100;

    private readonly StageFlow?[] _flows = new StageFlow?[scope.Declaration.Stages.Count];
    private readonly HashSet<int> _running = [];
    private readonly Dictionary<(int Member, FlowShape Given), StageFlow> _further = [];

    /// <summary>Every member that was inferred, in order of declaration.</summary>
    public IReadOnlyList<StageFlow> Flows => _flows.OfType<StageFlow>().ToList();

    /// <summary>The index of a stage or property by its name; null where there is none.</summary>
    public int? Find(string name)
    {
        for (var index = 0; index < _flows.Length; index++)
        {
            if (scope.Declaration.Stages[index].Name == name)
                return index;
        }
        return null;
    }

    /// <summary>What is known of a member by now; null where nobody asked.</summary>
    public StageFlow? Known(int index) => _flows[index];

    /// <summary>Runs a member on what flows in; null while it is running already, as it then calls itself.</summary>
    /// <param name="index">The member.</param>
    /// <param name="given">What flows in; null where nobody says.</param>
    /// <param name="caller">Who calls it, for findings where two declarations disagree.</param>
    public StageFlow? Run(int index, FlowShape? given, Anchor? caller)
    {
        if (_flows[index] is { } known && (given is null || known.Given == given || known.HasFailed))
            return known;
        if (given is not null && _further.TryGetValue((index, given), out var further))
            return further;
        if (_flows[index] is { } first && _further.Count >= MostFurtherRuns)
            return first;
        if (!_running.Add(index))
            return null;
        var flow = Infer(index, given, caller);
        _running.Remove(index);
        if (_flows[index] is null)
            _flows[index] = flow;
        else if (given is not null)
            _further[(index, given)] = flow;
        return flow;
    }

    /// <summary>
    /// Why a call after the first can't be: the stage does not take its shape, or would need other layers than it has. Null where
    /// it can, or where that depends on what isn't known.
    /// </summary>
    /// <param name="called">What the call was inferred as.</param>
    /// <param name="call">Where the call stands.</param>
    public Finding? Conflict(StageFlow called, Anchor call)
    {
        var first = _flows[called.StageIndex]!;
        if (ReferenceEquals(first, called))
            return null;
        var related = new Anchor(called.StageIndex);
        if (called.Findings.FirstOrDefault(finding => finding.Rule.IsDeclarationError) is { } wrong)
            return wrong with { Anchor = call, Related = related };
        return called.HasFailed || called.MayBe(first) ? null : new(
            Rules.LayerDoesNotFit,
            call,
            new[]
            {
                first.Stage.Name, $"[{first.Input}]", $"{called.Input}",
                "a stage has one set of layers for all its calls; declare a second stage",
            }.ToEquatableArray()) { Related = related };
    }

    /// <summary>Runs what nobody called, so that it is judged all the same.</summary>
    public void RunRest()
    {
        SkipBehindFailures();
        for (var index = 0; index < _flows.Length; index++)
            Run(index, null, null);
    }

    /// <summary>What a wrong stage would have called: what flows in is not known because of that, and has been said.</summary>
    private void SkipBehindFailures()
    {
        bool hasSkipped;
        do
        {
            hasSkipped = false;
            var names = new HashSet<string>(
                _flows.Where(flow => flow is { HasFailed: true }).SelectMany(flow => flow!.Stage.Called));
            for (var index = 0; index < _flows.Length; index++)
            {
                var stage = scope.Declaration.Stages[index];
                if (_flows[index] is not null || stage.InputShape is not null || !names.Contains(stage.Name))
                    continue;
                Skip(index);
                hasSkipped = true;
            }
        }
        while (hasSkipped);
    }

    /// <summary>A stage behind one that failed: nothing is known of what flows in, and nothing is claimed.</summary>
    public void Skip(int index)
    {
        if (_flows[index] is not null)
            return;
        _flows[index] = new(scope, index, FlowShape.Unknown);
        _flows[index]!.Stop();
    }

    private StageFlow Infer(int index, FlowShape? given, Anchor? caller)
    {
        var findings = new List<Finding>();
        var input = Input(index, given, caller, findings);
        var flow = new StageFlow(scope, index, input) { Given = given, First = _flows[index] };
        flow.Findings.AddRange(findings);
        ReadContexts(flow, index);
        // What is wrong with a shape that can't be read has been said; layers would only miss it.
        if (input.Shape is null && findings.Count > 0)
            flow.Stop();
        else if (HasSignature(flow, index))
            flow.Run();
        CheckOutput(flow, index);
        CheckProperty(flow, index);
        return flow;
    }

    /// <summary>A property holds the module that its layer is.</summary>
    private static void CheckProperty(StageFlow flow, int index)
    {
        if (flow.Stage.Property is not { } property || flow.HasFailed)
            return;
        var field = flow.Fields.FirstOrDefault(candidate => candidate.Kind != FieldKind.Value);
        if (field is null)
            flow.Report(Rules.PropertyWithoutModule, new(index, 0), flow.Stage.Layers[0].Attribute);
        else if (!Holds(property.Type, field))
            flow.Report(Rules.PropertyType, new(index), property.Name, TorchNames.ShortName(property.Type),
                TorchNames.ShortName(field.Type) + (field.IsOptional ? "?" : ""));
    }

    /// <summary>A layer that may be absent needs a type that says so.</summary>
    private static bool Holds(string type, FieldDefinition field) =>
        type == $"{field.Type}?" || type == $"{TorchNames.AnyLayer}?"
        || (!field.IsOptional && (type == field.Type || type == TorchNames.AnyLayer));

    private FlowShape Input(int index, FlowShape? given, Anchor? caller, List<Finding> findings)
    {
        var stage = scope.Declaration.Stages[index];
        if (stage.InputShape is not { } text)
            return given ?? FlowShape.Unknown;
        var anchor = new Anchor(index, Argument: Anchor.InputShape);
        if (DeclaredShapes.Parse(scope, text, anchor, findings) is not { } declared)
            return findings.Count > 0 ? FlowShape.Unknown : given ?? FlowShape.Unknown;
        if (given?.Shape is not { } shape)
            return FlowShape.Of(declared.Shape, stage.InputLayout);
        var conflict = DeclaredShapes.Conflict(declared, shape, anchor, caller)
            ?? OtherLayout(stage, declared, given, anchor, caller);
        if (conflict is not null)
            findings.Add(conflict);
        var merged = FlowShape.Of(DeclaredShapes.Merge(declared, shape), stage.InputLayout);
        return stage.InputLayout == ChannelLayout.Default && merged.Shape!.Rank == shape.Rank
            ? merged with { ChannelAxis = given.ChannelAxis }
            : merged;
    }

    /// <summary>A layout says where channels are; it does not bring them there.</summary>
    private static Finding? OtherLayout(
        StageDeclaration stage, DeclaredShape declared, FlowShape given, Anchor anchor, Anchor? caller)
    {
        var said = FlowShape.Of(declared.Shape, stage.InputLayout).ChannelAxis;
        var isSame = stage.InputLayout == ChannelLayout.Default || given.ChannelAxis == said || given.ChannelAxis is null;
        if (isSame || given.Shape is not { IsOpen: false } shape)
            return null;
        string[] arguments =
        [
            stage.Name, $"channels at axis {said}", $"{shape}",
            $"its channels are at axis {given.ChannelAxis}: remove Layout, or move them before it",
        ];
        return new(Rules.LayerDoesNotFit, anchor, arguments.ToEquatableArray()) { Related = caller };
    }

    private void ReadContexts(StageFlow flow, int index)
    {
        for (var position = 0; position < flow.Stage.Contexts.Count; position++)
        {
            var context = flow.Stage.Contexts[position];
            if (!context.IsTensor)
                continue;
            var anchor = new Anchor(index, Argument: $"{Anchor.Context}{position + 1}");
            var declared = context.Shape is { } text ? DeclaredShapes.Parse(scope, text, anchor, flow.Findings) : null;
            flow.ContextShapes[context.Name] = declared is not null
                ? FlowShape.Of(declared.Shape, context.Layout)
                : EarlierStage(context, index) is { HasFailed: false } stage ? stage.Flow : FlowShape.Unknown;
        }
    }

    /// <summary>The stage of the chain whose result a context names: <c>Tensor stem</c> is what <c>Stem</c> returned.</summary>
    private StageFlow? EarlierStage(ContextDeclaration context, int index) =>
        ChainSignature.Source(scope.Declaration, context, index) is { } stage ? _flows[stage] : null;

    private static bool HasSignature(StageFlow flow, int index)
    {
        var stage = flow.Stage;
        if (stage.IsBroken)
            flow.Stop();
        else if (stage.Property is not null
            && flow.Model.Declaration.Tensors.FirstOrDefault(tensor => tensor.Property.Name == stage.Name) is { } own)
            flow.Report(Rules.PropertyOfTwoKinds, new(index, 0), stage.Name, own.Attribute.Attribute, stage.Layers[0].Attribute);
        else if (stage.Property is { CanImplement: false })
            flow.Report(Rules.PropertyNotPartial, new(index), stage.Name, TorchNames.ShortName(stage.Property.Type));
        else if (!stage.CanImplement)
            flow.Report(Rules.StageNotPartial, new(index), stage.Name);
        else if (stage.Property is not null && stage.Layers.Count > 1)
            flow.Report(Rules.PropertyOfSeveralLayers, new(index, 1), stage.Name);
        else if (stage.Input is null && !flow.HasFailed)
            flow.Report(Rules.StageSignature, new(index), stage.Name);
        return !flow.HasFailed;
    }

    private void CheckOutput(StageFlow flow, int index)
    {
        if (flow.Stage.OutputShape is not { } text || flow.HasFailed)
            return;
        var anchor = new Anchor(index, Argument: Anchor.OutputShape);
        if (DeclaredShapes.Parse(scope, text, anchor, flow.Findings) is { } declared && flow.Shape is { } inferred
            && DeclaredShapes.Conflict(declared, inferred, anchor, new(index, flow.Stage.Layers.Count - 1)) is { } conflict)
            flow.Findings.Add(conflict);
    }
}
