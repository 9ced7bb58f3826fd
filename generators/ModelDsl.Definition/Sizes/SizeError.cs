namespace ModelDsl.Definition;

/// <summary>Why a text is no size, and which of its characters say so.</summary>
public readonly record struct SizeError(SizeErrorKind Kind, string Name, int Start, int Length);
