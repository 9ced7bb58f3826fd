namespace ModelDsl;

/// <summary>A tensor that the model keeps but does not train.</summary>
/// <remarks>
/// <code>
/// [Buffer("positions, positions", Initializer = nameof(CausalMask), Persistent = false)]
/// private partial Tensor Mask { get; }
/// </code>
/// </remarks>
/// <param name="shape">The sizes, separated by commas: integers and size expressions.</param>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class BufferAttribute(string shape) : Attribute
{
    /// <summary>The sizes.</summary>
    public string Shape { get; } = shape;

    /// <summary>The name in the state dict; dots make levels. Default: the property's, in snake_case.</summary>
    public string? Name { get; set; }

    /// <summary>How it is filled. Default: zeros.</summary>
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

    /// <summary>Whether it is part of the state dict. Default: yes. It moves with the model either way.</summary>
    public bool Persistent { get; set; } = true;
}
