namespace ModelDsl;

/// <summary>How branches are joined.</summary>
public enum Merge
{
    /// <summary>Their sum.</summary>
    Add = 0,

    /// <summary>One behind the other on the channel axis.</summary>
    Concat = 1,

    /// <summary>Their product, element by element: gates.</summary>
    Multiply = 2,
}
