namespace ModelDsl;

/// <summary>Options of a stage as a whole.</summary>
/// <remarks>
/// <code>
/// [Stage(Name = "features")]
/// [Conv2d(64, 3), Norm, ReLU]
/// private partial Tensor Features(Tensor x);    // features.conv.weight, features.norm.weight
/// </code>
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class StageAttribute : Attribute
{
    /// <summary>
    /// The level in the state dict under which the stage's layers stand; dots make several. Default: none, the layers stand
    /// directly on the model, under names that start with the stage's.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// Whether its layers are called by their position in the stage, as those of <c>nn.Sequential</c> are: <c>features.0</c>,
    /// <c>features.1</c>. Activations and pooling count. Default: by their kind.
    /// </summary>
    public bool Numbered { get; set; }
}
