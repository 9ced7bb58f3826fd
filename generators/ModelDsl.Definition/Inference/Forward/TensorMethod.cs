namespace ModelDsl.Definition;

/// <summary>A tensor operation: how it may be called, what it returns and what it does to signals.</summary>
/// <param name="Effect">What it does to a signal.</param>
/// <param name="Apply">The value that it returns.</param>
/// <param name="Signatures">Its overloads, as <see cref="TensorSignature"/> reads them.</param>
internal sealed record TensorMethod(PathEffect Effect, Func<TensorCall, FlowValue> Apply, params TensorSignature[] Signatures);
