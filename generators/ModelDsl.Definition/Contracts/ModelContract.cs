namespace ModelDsl.Definition;

/// <summary>What a model promises to those that nest it.</summary>
/// <param name="MetadataName">Its key.</param>
/// <param name="Name">Its short name.</param>
/// <param name="Parameters">The constructor's parameters.</param>
/// <param name="Input">The shape it takes, over its parameters and free axes; null where it isn't known.</param>
/// <param name="Output">The shape it returns.</param>
/// <param name="Path">Its layers as signals pass them.</param>
public sealed record ModelContract(
    string MetadataName,
    string Name,
    EquatableArray<ParameterDeclaration> Parameters,
    Shape? Input,
    Shape? Output,
    EquatableArray<PathStep> Path)
{
    /// <summary>The axis of the channels of what it takes; null where it isn't known.</summary>
    public int? InputAxis { get; init; }

    /// <summary>The axis of the channels of what it returns.</summary>
    public int? OutputAxis { get; init; }

    /// <summary>What its <c>forward</c> takes beside the tensor that flows; their shapes are the model's own affair.</summary>
    public EquatableArray<ContextDeclaration> Contexts { get; init; }

    /// <summary>Whether its author wrote <c>forward</c>, which may return what flows in; a generated one never does.</summary>
    public bool MayReturnInput { get; init; }

    /// <summary>
    /// The contract for an input of a known number of axes, where it leaves its leading axes open; the same where it doesn't,
    /// or where the input has fewer axes than it names.
    /// </summary>
    public ModelContract ForRank(int rank)
    {
        var further = rank - Input?.Rank;
        if (Input is not { IsOpen: true } || further is not >= -1)
            return this;
        var leading = Enumerable.Range(0, further.Value + 1).Select(axis => Axis.Of(Size.Symbol($"...{axis}"))).ToList();
        Shape? Closed(Shape? shape) =>
            shape is { IsOpen: true } ? new(leading.Concat(shape.Axes.Skip(1)).ToEquatableArray()) : shape;
        return this with
        {
            Input = Closed(Input),
            Output = Closed(Output),
            InputAxis = InputAxis + further,
            OutputAxis = Output is { IsOpen: true } ? OutputAxis + further : OutputAxis,
        };
    }
}
