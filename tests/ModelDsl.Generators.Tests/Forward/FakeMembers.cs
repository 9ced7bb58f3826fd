using ModelDsl.Definition;

namespace ModelDsl.Generators.Tests.Forward;

/// <summary>Members of a model that a test makes up, and the calls that a body made of them.</summary>
internal sealed class FakeMembers : IForwardMembers
{
    private readonly Dictionary<string, Func<Shape?, Shape?>> _layers = [];
    private readonly Dictionary<string, TensorValue> _values = [];
    private readonly Dictionary<string, DeclaredInput> _declared = [];

    public List<MemberCall> Calls { get; } = [];

    /// <summary>A stage or layer; its path is one convolution.</summary>
    public FakeMembers With(string name, Func<Shape?, Shape?> output)
    {
        _layers[name] = output;
        return this;
    }

    public FakeMembers With(string name, string declared, SizeScope scope)
    {
        _declared[name] = new(ShapeParser.Parse(declared, scope, out _)!, new(7, Argument: Anchor.InputShape));
        return With(name, shape => shape);
    }

    public FakeMembers WithParameter(string name, Shape shape)
    {
        _values[name] = TensorValue.Constant(shape);
        return this;
    }

    public bool Knows(string member) => _layers.ContainsKey(member);

    public FlowValue? Apply(MemberCall application)
    {
        Calls.Add(application);
        var input = application.Input as TensorValue;
        return new TensorValue(
            _layers[application.Member](input?.Shape), input?.ChannelAxis, new[] { Step(application.Member) }.ToEquatableArray());
    }

    public TensorValue? Value(string member) => _values.GetValueOrDefault(member);

    public DeclaredInput? Declared(string member) => _declared.GetValueOrDefault(member);

    /// <summary>The step by which a path shows that it went through a member.</summary>
    public static PathStep Step(string member) => new(PathStepKind.Convolution, null, Definition.Size.Symbol(member));
}
