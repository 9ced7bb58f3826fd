namespace ModelDsl.Definition;

/// <summary>The statements of a generated body.</summary>
public enum StatementKind
{
    /// <summary><c>using var conv = _conv.call(x);</c></summary>
    Assign,

    /// <summary><c>norm.relu_();</c></summary>
    InPlace,

    /// <summary><c>conv.Dispose();</c></summary>
    Dispose,

    /// <summary><c>return norm.relu();</c></summary>
    Return,
}
