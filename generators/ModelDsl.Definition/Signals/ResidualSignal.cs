namespace ModelDsl.Definition;

/// <summary>The sum of two paths, <c>Shortcut(x) + Branch(x)</c>; an empty shortcut is the identity.</summary>
public sealed record ResidualSignal(EquatableArray<SignalLayer> Branch, EquatableArray<SignalLayer> Shortcut = default)
    : SignalLayer;
