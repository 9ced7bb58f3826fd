using TorchSharp.Modules;

namespace ModelDsl.Training;

/// <summary>A parameter of an optimizer.</summary>
/// <param name="Name">Its name in the model's state dict, or its place in the optimizer where the model hasn't it.</param>
/// <param name="Parameter">The parameter.</param>
/// <param name="State">What the optimizer remembers of it.</param>
/// <param name="IsOfModel">Whether the model has it; a temperature in the loss may be known to the optimizer alone.</param>
internal sealed record BoundParameter(string Name, Parameter Parameter, OptimizerState State, bool IsOfModel)
{
    /// <summary>The fields of its state.</summary>
    public IReadOnlyList<StateField> Fields => StateField.Of(State, typeof(OptimizerState));
}
