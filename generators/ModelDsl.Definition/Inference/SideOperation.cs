namespace ModelDsl.Definition;

/// <summary>A local that an operation needs beside the tensor that flows: a shortcut's projection, a branch.</summary>
/// <param name="Local">Its name.</param>
/// <param name="Expression">
/// C# with <c>{0}</c> for the tensor that flows, and <c>{1}</c> onwards for the operation's reads.
/// </param>
/// <param name="IsOptional">Whether it may be null.</param>
public sealed record SideOperation(string Local, string Expression, bool IsOptional = false);
