namespace ModelDsl.Definition;

/// <summary>One axis of a shape; its size is null where it can't be known.</summary>
public sealed record Axis(Size? Size)
{
    public static readonly Axis Unknown = new((Size?)null);

    public static Axis Of(Size? size) => size is null ? Unknown : new(size);

    public override string ToString() => Size?.ToString() ?? "?";
}
