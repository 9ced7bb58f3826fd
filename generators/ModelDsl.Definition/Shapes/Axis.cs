namespace ModelDsl.Definition;

/// <summary>One axis of a shape; its size is null where it can't be known.</summary>
public sealed record Axis(Size? Size)
{
    public static readonly Axis Unknown = new((Size?)null);

    /// <summary>Leading axes of any number: <c>...</c>. It stands first or not at all.</summary>
    public static readonly Axis Leading = new(Size.Symbol("..."));

    public static Axis Of(Size? size) => size is null ? Unknown : new(size);

    public override string ToString() => Size?.ToString() ?? "?";
}
