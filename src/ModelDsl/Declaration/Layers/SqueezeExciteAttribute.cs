namespace ModelDsl;

/// <summary>
/// Squeeze and excitation (Hu et al. 2018): scales each channel of <c>[N, C, H, W]</c> by gate(fc2(activation(fc1(mean over
/// positions)))).
/// </summary>
/// <remarks>
/// <code>
/// [Conv2d(64, 3), Norm, SqueezeExcite(16), Shortcut, ReLU]   // _bodySqueezeExcite = new SqueezeExcite(64, 16)
/// </code>
/// The parts are <c>fc1</c> and <c>fc2</c>, 1x1 convolutions, as in torchvision.
/// </remarks>
public sealed class SqueezeExciteAttribute : LayerAttribute
{
    /// <summary>A block whose inner channels are a fraction of those that flow: <see cref="Reduction"/>.</summary>
    public SqueezeExciteAttribute()
    {
    }

    /// <summary>A block with <paramref name="channels"/> inner channels.</summary>
    public SqueezeExciteAttribute(int channels) => Channels = channels;

    /// <inheritdoc cref="SqueezeExciteAttribute(int)"/>
    public SqueezeExciteAttribute(string channels) => Channels = channels;

    /// <summary>The channels between fc1 and fc2; where it isn't given, a fraction of those that flow.</summary>
    public object? Channels { get; }

    /// <summary>By what the channels are divided where the inner ones aren't given. Default: 16.</summary>
    public object Reduction { get; set; } = 16;

    /// <summary>The activation between fc1 and fc2, one without options. Default: ReLU.</summary>
    public ActivationVariant Activation { get; set; }

    /// <summary>What makes factors of the result. Default: sigmoid; Hardsigmoid in MobileNetV3.</summary>
    public ActivationVariant Gate { get; set; }
}
