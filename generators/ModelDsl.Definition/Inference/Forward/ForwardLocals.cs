using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>The locals of a body and what is known of each.</summary>
internal sealed class ForwardLocals
{
    public static readonly ForwardLocals Empty = new(ImmutableDictionary<string, FlowValue>.Empty);

    private readonly ImmutableDictionary<string, FlowValue> _values;

    private ForwardLocals(ImmutableDictionary<string, FlowValue> values) => _values = values;

    public IEnumerable<string> Names => _values.Keys;

    public FlowValue? this[string name] => _values.TryGetValue(name, out var value) ? value : null;

    public ForwardLocals With(string name, FlowValue value) => new(_values.SetItem(name, value));

    public bool IsSame(ForwardLocals other) =>
        _values.Count == other._values.Count && _values.All(pair => pair.Value.Equals(other[pair.Key]));
}
