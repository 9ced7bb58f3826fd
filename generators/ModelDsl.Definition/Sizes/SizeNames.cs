namespace ModelDsl.Definition;

/// <summary>The names that a repeat brings into scope.</summary>
public static class SizeNames
{
    public const string Index = "index";

    public const string Count = "count";
}
