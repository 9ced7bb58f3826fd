namespace ModelDsl.Definition;

/// <summary>A block bound to the shape that flows into it.</summary>
internal sealed class BlockBinding
{
    private const string StateThem = "put [Shape(\"...\")] on the input of its forward and [return: Shape(\"...\")] on forward";

    private const string WrapIt = "it is a model of another assembly that was compiled without a contract, or with one of "
        + "another version; compile that assembly with the generator of this one, or nest the model in a module "
        + "whose forward has [Shape(\"...\")] on its input and [return: Shape(\"...\")]";

    private readonly StageFlow _flow;
    private readonly ModelContract? _contract;
    private readonly SizeExpression? _repeat;
    private readonly Dictionary<string, SizeExpression> _arguments;
    private readonly Dictionary<string, Size?> _sizes = [];

    private BlockBinding(
        StageFlow flow,
        ModelContract? contract,
        SizeExpression? repeat,
        Dictionary<string, SizeExpression> arguments) =>
        (_flow, _contract, _repeat, _arguments) = (flow, contract, repeat, arguments);

    /// <summary>The arguments of the constructor, in order of its parameters.</summary>
    public IReadOnlyList<string> Arguments { get; private set; } = [];

    /// <summary>The shape that comes out.</summary>
    public Shape? Output { get; private set; }

    /// <summary>The axis of the channels that come out; null where it isn't known.</summary>
    public int? OutputAxis => Output is null ? null
        : _contract?.OutputAxis is { } axis && axis < Output.Rank ? axis
        : FlowShape.Of(Output).ChannelAxis;

    /// <summary>What its <c>forward</c> takes beside the tensor that flows.</summary>
    public EquatableArray<ContextDeclaration> Contexts => _contract?.Contexts ?? default;

    /// <summary>Its short name, for messages.</summary>
    public string Name => _contract?.Name ?? "";

    /// <summary>
    /// Whether its forward is known to be generated: of a model with a forward of its author's no output is known.
    /// </summary>
    public bool HasGeneratedForward { get; private init; }

    /// <summary>Binds a block, or reports why it can't be.</summary>
    /// <param name="flow">What flows into it.</param>
    /// <param name="block">The block.</param>
    /// <param name="text">Its arguments as written.</param>
    /// <param name="repeat">How often it repeats; null where it stands alone.</param>
    public static BlockBinding? Bind(StageFlow flow, BlockReference block, string text, SizeExpression? repeat)
    {
        if (block.Unfit is { } reason)
            flow.Report(Rules.BlockIsNoModule, flow.Anchor, block.Name, reason);
        if (flow.HasFailed)
            return null;
        var contract = block.HandWritten is { } module ? Contract(flow, block, module) : flow.Model.Contract(block.MetadataName);
        if (flow.HasFailed)
            return null;
        if (flow.Shape is { IsOpen: false } given)
            contract = contract?.ForRank(given.Rank);
        var scope = new SizeScope(flow.Model.Declaration.Parameters, flow.Model.Declaration.SizeProperties, repeat);
        if (BlockArguments.Read(flow, block, text, contract?.Parameters, scope) is not { } arguments)
            return null;
        var binding = new BlockBinding(flow, contract, repeat, arguments)
        {
            HasGeneratedForward = contract is { MayReturnInput: false, Output: not null },
        };
        return binding.Infer() ? binding : null;
    }

    /// <summary>The block as signals pass it; its sizes are those of the block of the symbol <c>index</c>.</summary>
    public PathStep Signal(Anchor anchor, Size? repeat)
    {
        var passedOn = NormalizationArgument is { } parameter && _arguments.ContainsKey(parameter)
            ? NormalizationChoice.Unknown
            : _flow.Model.PassedOn;
        var inner = _contract?.Path.Select(
            step => step.Nest(symbol => _sizes.TryGetValue(symbol, out var size) ? size : null, passedOn));
        return new(PathStepKind.Block, anchor, Inner: (inner ?? []).ToEquatableArray(), Repeat: repeat);
    }

    private string? NormalizationArgument =>
        _contract?.Parameters.FirstOrDefault(parameter => parameter.Kind == ParameterKind.Normalization)?.Name;

    /// <summary>
    /// What a model of another assembly promises, or what a hand-written module states of itself as a contract.
    /// </summary>
    private static ModelContract? Contract(StageFlow flow, BlockReference block, HandWrittenModule module)
    {
        var contexts = module.Contexts.Select(context => context with { Shape = null, Layout = ChannelLayout.Default })
            .ToEquatableArray();
        if (module.Contract is { } text
            && ModelContractReader.Read(text, block.MetadataName, block.Name, module.Parameters, contexts) is { } promised)
            return promised;
        var scope = new SizeScope(module.Parameters, default);
        var input = module.InputShape is { } inputText ? ShapeParser.Parse(inputText, scope, out _)?.Shape : null;
        var output = module.OutputShape is { } outputText ? ShapeParser.Parse(outputText, scope, out _)?.Shape : null;
        if (module.InputShape is null || module.OutputShape is null)
            flow.Report(Rules.BlockShapeMissing, flow.Anchor, block.Name, block.IsForeignModel ? WrapIt : StateThem);
        return new(block.MetadataName, block.Name, module.Parameters, input, output, default)
        {
            InputAxis = FlowShape.Of(input, module.InputLayout).ChannelAxis,
            OutputAxis = FlowShape.Of(output, module.OutputLayout).ChannelAxis,
            Contexts = contexts,
            MayReturnInput = true,
        };
    }

    private bool Infer()
    {
        // A model that nests itself: nothing is known, nothing is claimed, and nothing will be built.
        if (_contract is null)
            return true;
        var first = Pass(_flow.Shape, Size.Zero);
        var steady = CanRepeat(first) ? Pass(SteadyInput(first), Following) : null;
        if (_flow.HasFailed)
            return false;
        Output = _repeat?.Value?.Value is 0 ? _flow.Shape : steady is null ? first.Output : AfterLast(first, steady);
        return Write(first, steady);
    }

    /// <summary>Whether there may be blocks after the first; reports a block that can't take what the one before gives.</summary>
    private bool CanRepeat(BlockPass first)
    {
        if (_repeat is null || _repeat.Value?.Value is 0 or 1 || _flow.HasFailed)
            return false;
        if (first.Output is { } output && (_contract!.Input ?? _flow.Shape) is { } takes && takes.Rank != output.Rank)
            _flow.Report(Rules.LayerDoesNotFit, _flow.Anchor, $"Each further {_contract.Name}", $"[{takes}]", $"{output}",
                "a block that repeats must return as many axes as it takes");
        return !_flow.HasFailed;
    }

    /// <summary>
    /// The index of a block that is not the first, in terms of the index of the block before, which is never negative.
    /// </summary>
    private static Size Following => Size.Symbol(SizeNames.Index) + Size.One;

    /// <summary>Sizes and output of the block of an index when a shape flows in; reports a shape that doesn't fit.</summary>
    private BlockPass Pass(Shape? input, Size index)
    {
        var pass = Evaluate(input, index);
        var takes = _contract!.Input?.Substitute(symbol => pass.Sizes.TryGetValue(symbol, out var size) ? size : null);
        if (input is not null && takes is not null && (takes.Rank != input.Rank || takes.FirstConflict(input) is not null))
            _flow.Report(
                Rules.LayerDoesNotFit,
                _flow.Anchor,
                _contract.Name,
                $"[{(takes.Rank == input.Rank ? takes : _contract.Input)}]",
                $"{input}",
                "check the stage's input and the block's arguments");
        else if (index.Equals(Size.Zero) && _contract.InputAxis is { } axis && _flow.ChannelAxis is { } given && axis != given)
            _flow.Report(
                Rules.LayerDoesNotFit,
                _flow.Anchor,
                _contract.Name,
                $"channels at axis {axis} of [{takes}]",
                $"{input}, with channels at axis {given}",
                "bring the channels there, or say Layout in the block's [Shape]");
        return pass;
    }

    private BlockPass Evaluate(Shape? input, Size index)
    {
        var sizes = new Dictionary<string, Size?>();
        foreach (var parameter in _contract!.Parameters)
        {
            if (_arguments.TryGetValue(parameter.Name, out var argument))
                sizes[parameter.Code] = argument.Value?.Substitute(IndexBy(index));
            else if (parameter.DefaultValue is { } value)
                sizes[parameter.Code] = Size.Constant(value);
        }
        var inferred = new HashSet<string>();
        Match(input, sizes, inferred);
        return new(
            sizes,
            inferred,
            _contract.Output?.Substitute(symbol => sizes.TryGetValue(symbol, out var size) ? size : null));
    }

    /// <summary>Free axes take the sizes that flow in, and so do parameters that nobody gave.</summary>
    private void Match(Shape? input, Dictionary<string, Size?> sizes, HashSet<string> inferred)
    {
        if (_contract!.Input is not { } takes || input is null || takes.Rank != input.Rank)
            return;
        for (var axis = 0; axis < takes.Rank; axis++)
        {
            if (takes[axis] is not { Terms: { Count: 1 } terms }
                || terms[0] is not { Coefficient: 1, Factors: { Count: 1 } factors }
                || factors[0] is not SymbolFactor symbol)
                continue;
            var parameter = _contract.Parameters.FirstOrDefault(candidate => candidate.Code == symbol.Name);
            if (parameter is not null && _arguments.ContainsKey(parameter.Name))
                continue;
            if (parameter is not null)
                inferred.Add(parameter.Name);
            sizes[symbol.Name] = input[axis];
        }
    }

    /// <summary>
    /// What flows into every block but the first, in terms of the index of the block before. An axis that a block
    /// leaves as it is keeps its size after the first block; one that follows from the arguments is that of the block
    /// before.
    /// </summary>
    private Shape? SteadyInput(BlockPass first)
    {
        if (first.Output is not { } output || output.Rank != _flow.Shape?.Rank)
            return null;
        var probe = new Shape(Enumerable.Range(0, output.Rank).Select(axis => new Axis(Probe(axis))).ToEquatableArray());
        var kept = Evaluate(probe, Following).Output!;
        var given = Evaluate(probe, Size.Symbol(SizeNames.Index)).Output!;
        return new(
            Enumerable.Range(0, output.Rank)
                .Select(axis => Axis.Of(Steady(axis, kept[axis], given[axis], output[axis])))
                .ToEquatableArray());
    }

    /// <summary>A size that stands for whatever flows in on an axis; no name in C# can be like it.</summary>
    private static Size Probe(int axis) => Size.Symbol($"#{axis}");

    private static Size? Steady(int axis, Size? kept, Size? given, Size? afterFirst)
    {
        // A block that adds the same to whatever flows in, as it grows its channels, does so again and again.
        if (kept is not null && afterFirst is not null && kept - Probe(axis) is var added
            && !added.Symbols().Any(symbol => symbol[0] == '#' || symbol == SizeNames.Index))
            return afterFirst + Size.Symbol(SizeNames.Index) * added;
        if (given is null || given.Symbols().Any(symbol => symbol[0] == '#'))
            return null;
        return given.Substitute(IndexBy(Size.Zero)) is { } givenByFirst && givenByFirst.Equals(afterFirst) ? given : null;
    }

    private static Func<string, Size?> IndexBy(Size? index) => symbol => symbol == SizeNames.Index ? index : Size.Symbol(symbol);

    private Shape? AfterLast(BlockPass first, BlockPass steady)
    {
        if (steady.Output is not { } output || first.Output is not { } single || single.Rank != output.Rank)
            return null;
        return new(
            Enumerable.Range(0, output.Rank)
                .Select(axis => Axis.Of(AfterLast(single[axis], output[axis])))
                .ToEquatableArray());
    }

    /// <summary>
    /// The size after the last block; a single block has its own where it is an exception to the rule of the others.
    /// </summary>
    private Size? AfterLast(Size? afterFirst, Size? steady)
    {
        var count = _repeat!.Value;
        var last = steady?.Substitute(IndexBy(count is null ? null : count - Size.Constant(2)));
        if (last is null || afterFirst is null || count?.Value is not null)
            return last;
        if (afterFirst.Equals(steady!.Substitute(IndexBy(Size.Constant(-1)))))
            return last;
        return count is null ? null : ConditionalFactor.Choose(new ComparisonCondition("==", count, Size.One), afterFirst, last);
    }

    /// <summary>The size of a parameter in terms of the block's own index.</summary>
    private static Size? OwnSize(string parameter, BlockPass first, BlockPass? steady)
    {
        first.Sizes.TryGetValue(parameter, out var atFirst);
        if (steady is null || atFirst is null)
            return atFirst;
        // What is not known of later blocks is not what the first has.
        steady.Sizes.TryGetValue(parameter, out var following);
        if (following?.Substitute(IndexBy(Size.Symbol(SizeNames.Index) - Size.One)) is not { } later)
            return null;
        var isFirst = new ComparisonCondition("==", Size.Symbol(SizeNames.Index), Size.Zero);
        return atFirst.Equals(later.Substitute(IndexBy(Size.Zero))) ? later : ConditionalFactor.Choose(isFirst, atFirst, later);
    }

    private bool Write(BlockPass first, BlockPass? steady)
    {
        var arguments = new List<string>();
        foreach (var parameter in _contract!.Parameters)
        {
            _sizes[parameter.Code] = OwnSize(parameter.Code, first, steady);
            if (Argument(parameter, first, steady) is { } code)
                arguments.Add($"{parameter.Code}: {code}");
            else if (!parameter.HasDefault && !_flow.HasFailed)
                _flow.Report(
                    Rules.BlockArgument,
                    _flow.Anchor,
                    $"'{_contract.Name}' needs '{parameter.Name}', which its input shape does not determine: "
                        + $"write \"{parameter.Name}: ...\"");
        }
        Arguments = arguments;
        return !_flow.HasFailed;
    }

    /// <summary>C# of an argument, or null where the default applies.</summary>
    private string? Argument(ParameterDeclaration parameter, BlockPass first, BlockPass? steady)
    {
        if (_arguments.TryGetValue(parameter.Name, out var given))
            return given.Code;
        if (first.Inferred.Contains(parameter.Name) && (!parameter.HasDefault || first.Sizes[parameter.Code] is not null))
            return InferredCode(parameter, first, steady);
        return parameter.Kind switch
        {
            ParameterKind.Normalization => _flow.Model.PassedOn?.Code,
            ParameterKind.Activation => ActivationResolver.PassedOn(_flow),
            _ => null,
        };
    }

    private string? InferredCode(ParameterDeclaration parameter, BlockPass first, BlockPass? steady)
    {
        var axis = Enumerable.Range(0, _contract!.Input!.Rank)
            .First(candidate => Size.Symbol(parameter.Code).Equals(_contract.Input[candidate]));
        var remedy = $"write \"{parameter.Name}: ...\"";
        var atFirst = _flow.KnownSize(first.Sizes[parameter.Code], axis, remedy);
        if (steady is null || atFirst is null)
            return atFirst;
        var own = OwnSize(parameter.Code, first, steady);
        return _flow.KnownSize(own, axis, remedy) is null ? null : own!.ToArgument();
    }

    private sealed record BlockPass(Dictionary<string, Size?> Sizes, HashSet<string> Inferred, Shape? Output);
}
