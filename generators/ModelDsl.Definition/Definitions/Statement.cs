namespace ModelDsl.Definition;

/// <summary>A statement of a generated body.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Local">The local that is assigned.</param>
/// <param name="Expression">C#: what is assigned, run, disposed or returned.</param>
/// <param name="Comment">The shape of the result.</param>
public sealed record Statement(StatementKind Kind, string Local, string Expression, string Comment = "");
