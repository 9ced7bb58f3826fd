namespace ModelDsl.Definition;

public enum SizeErrorKind
{
    /// <summary>A name that is no parameter and no expression-bodied property.</summary>
    UnboundName,

    /// <summary>Not C# integer arithmetic.</summary>
    NotASize,
}
