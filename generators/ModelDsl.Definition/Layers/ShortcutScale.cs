namespace ModelDsl.Definition;

/// <summary>How a shortcut weighs its paths: y = <c>InputScale</c> input + <c>Scale</c> branch.</summary>
/// <param name="Branch">The factor of the branch; where it is learned, what it is at first.</param>
/// <param name="Input">The factor of the input.</param>
/// <param name="IsLearned">Whether the branch's factor is a parameter: SkipInit.</param>
internal sealed record ShortcutScale(RealExpression Branch, RealExpression Input, bool IsLearned)
{
    private const string Enumeration = "BranchScale.";
    private const string SkipInit = $"{Enumeration}SkipInit";

    /// <summary>Whether both paths count as they are.</summary>
    public bool IsPlain => !IsLearned && Branch.Value == 1 && Input.Value == 1;

    /// <summary>Whether both paths are multiplied by 1 / sqrt 2.</summary>
    public bool IsBalanced => !IsLearned && IsRootOfHalf(Branch) && IsRootOfHalf(Input);

    /// <summary>What is written; null after a finding.</summary>
    public static ShortcutScale? Read(StageFlow flow, LayerDeclaration layer)
    {
        var word = layer["Scale"]?.Word;
        var isLearned = word == SkipInit;
        if (!isLearned && layer["Initial"] is not null)
        {
            flow.Report(Rules.OptionWithoutEffect, flow.Anchor with { Argument = "Initial" }, "Initial", layer.Attribute,
                $"it is where a factor that is learned starts; write Scale = {SkipInit}");
            return null;
        }
        var branch = isLearned ? RealArgument.Read(flow, layer, "Initial", 0)
            : word == $"{Enumeration}None" ? RealExpression.Of(1)
            : RealArgument.Factor(flow, layer, "Scale", 1);
        return branch is not null && RealArgument.Factor(flow, layer, "InputScale", 1) is { } input
            ? new(branch, input, isLearned)
            : null;
    }

    /// <summary>Written out it has some digits.</summary>
    private static bool IsRootOfHalf(RealExpression number) =>
        number.Value is { } value && Math.Abs(value - Math.Sqrt(0.5)) < 1e-3;

    /// <summary>
    /// C# of the sum of what flows, <c>{0}</c>, and of what is added, and the same in place where that is safe.
    /// </summary>
    /// <param name="flow">What flows.</param>
    /// <param name="addend">C# of what is added.</param>
    /// <param name="learned">The field of the learned factor.</param>
    public (string Expression, string? InPlace) Sum(StageFlow flow, string addend, FieldDefinition? learned)
    {
        // A field that nothing reads would be a warning in the user's project.
        var factor = IsLearned || Branch.Value == 1 ? "" : flow.Model.Number("shortcutScale", Branch);
        var scaledAddend = Input.Value == 1 ? addend : $"{addend}, {flow.Model.Number("shortcutInputScale", Input)}";
        // The product's backward pass reads the branch, so that it stays as it is.
        if (learned is not null)
            return ($"{{0}}.mul({learned.Name}).add_({scaledAddend})", null);
        if (Branch.Value == 1)
            return ($"{{0}}.add({scaledAddend})", $"{{0}}.add_({scaledAddend})");
        var inPlace = $"{{0}}.mul_({factor}).add_({scaledAddend})";
        if (Input.Value != 1)
            return ($"{{0}}.mul({factor}).add_({scaledAddend})", inPlace);
        var other = addend.Contains(' ') ? $"({addend})" : addend;
        return ($"{other}.add({{0}}, {factor})", inPlace);
    }
}
