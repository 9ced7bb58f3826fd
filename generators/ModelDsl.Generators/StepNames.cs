namespace ModelDsl.Generators;

/// <summary>The names of the generator's steps, by which tests ask why one ran.</summary>
public static class StepNames
{
    public const string Read = "read";

    public const string Contracts = "contracts";

    public const string Link = "link";

    public const string Infer = "infer";

    public const string Print = "print";
}
