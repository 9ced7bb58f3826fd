namespace ModelDsl.Definition;

/// <summary>Reads the shapes that were declared, and compares them with those that were inferred.</summary>
internal static class DeclaredShapes
{
    /// <summary>A declared shape; null after findings.</summary>
    public static DeclaredShape? Parse(
        ModelScope scope, string text, Anchor anchor, List<Finding> findings, bool bindsFirst = false)
    {
        var shape = ShapeParser.Parse(text, scope.Sizes, out var errors, bindsFirst);
        foreach (var error in errors)
        {
            // An axis without a letter is nowhere: the whole says it, once for all of them.
            var exact = error.Length == 0 ? anchor : anchor with { Start = error.Start, Length = error.Length };
            var known = string.Join(", ", scope.Sizes.Names.DefaultIfEmpty("none"));
            var finding = error.Kind == SizeErrorKind.UnboundName
                ? new(Rules.UnboundName, exact, new[] { error.Name, scope.Declaration.Name, known }.ToEquatableArray())
                : NotASize(scope, exact, text);
            if (!findings.Contains(finding))
                findings.Add(finding);
        }
        if (shape?.Axes.FirstOrDefault(axis => axis.Size?.Value is < 1) is { } empty)
        {
            string[] arguments = ["An axis", "the shape", $"{empty.Size}", "1"];
            findings.Add(new(Rules.SizeNotPositive, anchor, arguments.ToEquatableArray()));
        }
        return shape;
    }

    private static Finding NotASize(ModelScope scope, Anchor exact, string text)
    {
        var isPart = exact.Length > 0 && exact.Start + exact.Length <= text.Length;
        var part = isPart ? text.Substring(exact.Start, exact.Length) : text;
        return new(Rules.NotASize, exact, new[] { part, SizeProblem.Of(scope.Declaration, part) }.ToEquatableArray());
    }

    /// <summary>Free axes of a declared shape name whatever comes; the others must be able to be equal.</summary>
    public static Finding? Conflict(DeclaredShape shape, Shape inferred, Anchor anchor, Anchor? related)
    {
        if (shape.IsOpen)
            return ConflictBehindLeadingAxes(shape, inferred, anchor, related);
        var declared = shape.Shape;
        var demanded = new Shape(shape.Axes.Select(axis => Axis.Of(axis.Code is null ? null : axis.Size)).ToEquatableArray());
        var conflict = declared.Rank == inferred.Rank ? demanded.FirstConflict(inferred) : Math.Min(declared.Rank, inferred.Rank);
        if (conflict is not { } axis)
            return TwoSizes(shape, inferred, anchor, related);
        var found = axis < declared.Rank ? $"{declared.Axes[axis]}" : "missing";
        var expected = axis < inferred.Rank ? $"{inferred.Axes[axis]}" : "absent";
        return new(
            Rules.DeclaredShapeDiffers,
            anchor,
            new[] { $"{declared}", $"{inferred}", $"{axis}", found, expected }.ToEquatableArray()) { Related = related };
    }

    /// <summary>A free axis that stands twice names one size.</summary>
    private static Finding? TwoSizes(DeclaredShape shape, Shape inferred, Anchor anchor, Anchor? related)
    {
        for (var axis = 1; axis < shape.Axes.Count; axis++)
        {
            if (shape.Axes[axis] is not { Code: null, Size: { } name } || inferred[axis] is not { } size)
                continue;
            var first = Enumerable.Range(0, axis).FirstOrDefault(index => name.Equals(shape.Axes[index].Size));
            if (!name.Equals(shape.Axes[first].Size) || inferred[first] is not { } other || (size - other).Value is null or 0)
                continue;
            string[] arguments = [$"{name}", $"{first}", $"{other}", $"{axis}", $"{size}"];
            return new(Rules.FreeAxisTwice, anchor, arguments.ToEquatableArray()) { Related = related };
        }
        return null;
    }

    private static Finding? ConflictBehindLeadingAxes(DeclaredShape shape, Shape inferred, Anchor anchor, Anchor? related)
    {
        var known = shape.Axes.Count - 1;
        if (inferred.IsOpen || inferred.Rank < known)
            return null;
        var leading = inferred.Axes.Take(inferred.Rank - known).Select(axis => new DeclaredAxis(axis.Size, null));
        return Conflict(new(leading.Concat(shape.Axes.Skip(1)).ToEquatableArray()), inferred, anchor, related);
    }

    /// <summary>The declared sizes, and those that come in where the declaration leaves an axis free.</summary>
    public static Shape Merge(DeclaredShape declared, Shape given) => declared.IsOpen && !given.IsOpen
        ? declared.Shape.Fill(given, declared.Axes.Count - 1) ?? declared.Shape
        : declared.Axes.Count != given.Rank
        ? declared.Shape
        : new(declared.Axes
            .Select((axis, index) => axis.Code is null ? given.Axes[index] : Axis.Of(axis.Size))
            .ToEquatableArray());

    /// <summary>What a declared output is for what comes in: free axes of the input stand for the sizes that come.</summary>
    public static Shape Apply(DeclaredShape input, DeclaredShape output, Shape given)
    {
        var sizes = new Dictionary<string, Size?>();
        var known = input.IsOpen ? input.Axes.Count - 1 : input.Axes.Count;
        for (var axis = 1; axis <= Math.Min(known, given.Rank); axis++)
        {
            if (input.Axes[input.Axes.Count - axis] is { Code: null, Size: { } size })
                sizes[size.ToString()] = given[-axis];
        }
        return (output.Shape.Fill(given, known) ?? output.Shape)
            .Substitute(symbol => sizes.TryGetValue(symbol, out var size) ? size : Size.Symbol(symbol));
    }
}
