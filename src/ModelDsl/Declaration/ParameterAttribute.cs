namespace ModelDsl;

/// <summary>A parameter that the model owns itself.</summary>
/// <remarks>
/// <code>
/// [Parameter("1, 1, width", Initialization = Init.Zeros)]
/// private partial Parameter ClassToken { get; }
/// </code>
/// </remarks>
/// <param name="shape">The sizes, separated by commas: integers and size expressions.</param>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class ParameterAttribute(string shape) : Attribute
{
    /// <summary>The sizes.</summary>
    public string Shape { get; } = shape;

    /// <summary>The name in the state dict; dots make levels. Default: the property's, in snake_case.</summary>
    public string? Name { get; set; }

    /// <summary>How it is filled. Default: standard normal values.</summary>
    public Init Initialization { get; set; }

    /// <summary>
    /// The value of <see cref="Init.Constant"/>, the mean of <see cref="Init.Normal"/> and <see cref="Init.TruncatedNormal"/>.
    /// Default: 0.
    /// </summary>
    public double Value { get; set; }

    /// <summary>The standard deviation of <see cref="Init.Normal"/> and <see cref="Init.TruncatedNormal"/>. Default: 1.</summary>
    public double Deviation { get; set; } = 1;

    /// <summary>
    /// <c>nameof</c> of a static method of the class that takes the sizes, <c>long[]</c>, and returns the tensor; instead of
    /// <see cref="Initialization"/>.
    /// </summary>
    public string? Initializer { get; set; }
}
