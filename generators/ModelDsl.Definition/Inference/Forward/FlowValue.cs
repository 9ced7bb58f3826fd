namespace ModelDsl.Definition;

/// <summary>What is known of a value in a hand-written body.</summary>
public abstract record FlowValue
{
    /// <summary>Nothing.</summary>
    public static readonly FlowValue Unknown = new UnknownValue();

    /// <summary>The size that an integer is; null where it is not known, or no integer.</summary>
    internal Size? Size => (this as IntegerValue)?.Value;
}
