namespace ModelDsl.Definition;

/// <summary>The statements of one body, with what is known of its locals.</summary>
internal sealed class ForwardBody
{
    private readonly ForwardFlow _flow;
    private readonly int _index;
    private readonly ForwardMethod _method;
    private readonly HashSet<string> _captured;
    private readonly ForwardEvaluator _evaluator;
    private readonly Stack<List<ForwardLocals>> _breaks = new();
    private readonly Stack<List<ForwardLocals>> _continues = new();
    private readonly DeclaredShape? _declaredOutput;

    public ForwardBody(ForwardFlow flow, int index, ForwardMethod method, IReadOnlyList<FlowValue> inputs)
    {
        (_flow, _index, _method) = (flow, index, method);
        _captured = [.. method.Captured];
        _evaluator = new(flow, this);
        _declaredOutput = flow.Parse(method.OutputShape);
        var locals = ForwardLocals.Empty;
        for (var position = 0; position < inputs.Count; position++)
            locals = locals.With(method.Parameters[position].Name, inputs[position]);
        Locals = locals;
    }

    /// <summary>What is known now; null where no way leads here.</summary>
    public ForwardLocals? Locals { get; set; }

    /// <summary>What the returns so far give; null where there was none.</summary>
    public FlowValue? Returned { get; private set; }

    public Anchor Site(int node) => new() { Method = _index, Call = node };

    public bool IsCaptured(string name) => _captured.Contains(name);

    /// <summary>Assigns a local; what is no local is not followed.</summary>
    public void Assign(ForwardTarget target, FlowValue value)
    {
        if (Locals is { } locals && target.Name.Length > 0 && (target.IsDeclared || locals[target.Name] is not null))
            Locals = locals.With(target.Name, value);
    }

    /// <summary>Forgets a local.</summary>
    public void Forget(string name) => Assign(new(name, true), FlowValue.Unknown);

    public void Run(ForwardStatement statement)
    {
        if (Locals is null)
            return;
        if (_flow.IsExhausted())
        {
            Return(FlowValue.Unknown);
            Locals = null;
            return;
        }
        switch (statement)
        {
            case BlockStatement block:
                foreach (var inner in block.Statements)
                    Run(inner);
                break;
            case EvaluateStatement evaluated:
                _evaluator.Evaluate(evaluated.Value);
                break;
            case ReturnStatement returned:
                Return(returned);
                break;
            case BranchStatement branch:
                Branch(branch);
                break;
            case LoopStatement loop:
                Loop(loop);
                break;
            case JumpStatement jump:
                Jump(jump.Kind);
                break;
        }
    }

    private void Return(ReturnStatement returned)
    {
        var value = returned.Value is null ? FlowValue.Unknown : _evaluator.Evaluate(returned.Value);
        if (Locals is not null)
            Return(_declaredOutput is null ? value : Checked(value, _declaredOutput, returned.Node));
        Locals = null;
    }

    private void Return(FlowValue value) => Returned = Returned is null ? value : FlowJoin.Join(Returned, value);

    /// <summary>What is declared to come out comes out; free axes name whatever is found.</summary>
    private FlowValue Checked(FlowValue value, DeclaredShape declared, int node)
    {
        if (value is not TensorValue { Shape: { } found } tensor)
            return value;
        if (ShapeMatch.Conflict(declared, found, _flow.Facts) is { } conflict)
            _flow.Report(new(Rules.ReturnDoesNotFit, Site(node), conflict.Particulars(_method.Name))
            {
                Related = new() { Method = _index, Argument = Anchor.OutputShape },
            });
        return declared.Axes.Count == found.Rank ? tensor with { Shape = ShapeMatch.Refine(declared, found) } : value;
    }

    private void Branch(BranchStatement branch)
    {
        var truth = branch.Condition is null ? null : _evaluator.Test(branch.Condition);
        if (branch.EndsBreak)
            _breaks.Push([]);
        var before = Locals;
        ForwardLocals? after = null;
        for (var way = 0; way < branch.Alternatives.Count; way++)
        {
            // A way that certainly isn't taken has nothing to say.
            if (truth is { } holds && branch.Alternatives.Count == 2 && holds == (way == 1))
                continue;
            Locals = before;
            Run(branch.Alternatives[way]);
            after = FlowJoin.Join(after, Locals);
        }
        Locals = branch.EndsBreak ? _breaks.Pop().Aggregate(after, FlowJoin.Join) : after;
    }

    private void Loop(LoopStatement loop)
    {
        var over = loop.Over is null ? null : _evaluator.Evaluate(loop.Over);
        if (Locals is not { } before)
            return;
        var (returned, item) = (Returned, Item(over, loop.Variables.Count));
        var settled = _flow.Settle(before, locals => Once(loop, item, locals, out _));
        Returned = returned;
        Once(loop, item, settled, out var left);
        Locals = left.Aggregate((ForwardLocals?)settled, FlowJoin.Join);
    }

    /// <summary>One run; what is known at its end, and where it was left by a break.</summary>
    private ForwardLocals? Once(LoopStatement loop, FlowValue item, ForwardLocals locals, out List<ForwardLocals> left)
    {
        _breaks.Push([]);
        _continues.Push([]);
        Locals = locals;
        if (loop.Condition is not null && _evaluator.Test(loop.Condition) == false)
            Locals = null;
        foreach (var variable in loop.Variables)
            Assign(variable with { IsDeclared = true }, item);
        Run(loop.Body);
        Locals = _continues.Pop().Aggregate((ForwardLocals?)Locals, FlowJoin.Join);
        foreach (var step in loop.Steps)
            _evaluator.Evaluate(step);
        left = _breaks.Pop();
        return Locals;
    }

    /// <summary>What a loop runs over: the items of a list, or one of repeated blocks.</summary>
    private static FlowValue Item(FlowValue? over, int variables) => (over, variables) switch
    {
        (MemberValue member, 1) => member with { IsElement = true },
        (ListValue { Items.Count: > 0 } list, 1) => list.Items.Aggregate(FlowJoin.Join),
        _ => FlowValue.Unknown,
    };

    private void Jump(JumpKind kind)
    {
        var targets = kind == JumpKind.Break ? _breaks : _continues;
        if (kind != JumpKind.Throw && targets.Count > 0)
            targets.Peek().Add(Locals!);
        Locals = null;
    }
}
