namespace ModelDsl.Definition;

/// <summary>A point of a stage that a label names.</summary>
/// <param name="Flow">What flows there.</param>
/// <param name="Strides">The product of all strides since then.</param>
/// <param name="Steps">How many layers a signal passed before it.</param>
/// <param name="Anchor">Where the label stands.</param>
internal sealed record LabelledPoint(FlowShape Flow, AxisSizes Strides, int Steps, Anchor Anchor);
