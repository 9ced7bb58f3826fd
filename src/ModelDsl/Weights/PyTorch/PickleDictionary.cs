namespace ModelDsl;

/// <summary>A dictionary in a pickle, in order. Keys are not looked up while it is built.</summary>
internal sealed class PickleDictionary
{
    private List<KeyValuePair<object?, object?>>? _items;

    public IReadOnlyList<KeyValuePair<object?, object?>> Items => _items ?? [];

    public void Add(object? key, object? value) => (_items ??= new(1)).Add(new(key, value));
}
