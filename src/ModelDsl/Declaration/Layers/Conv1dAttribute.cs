namespace ModelDsl;

/// <summary>A 1d convolution: <c>[N, C, T]</c> to <c>[N, Channels, T']</c>.</summary>
/// <remarks>
/// <code>
/// [Conv1d(nameof(width), 5, Dilation = 2)]   // nn.Conv1d(C, width, 5, padding: 4, dilation: 2)
/// </code>
/// The input channels are inferred.
/// </remarks>
public sealed class Conv1dAttribute : ConvolutionAttribute
{
    /// <summary>A convolution to <paramref name="channels"/> channels.</summary>
    public Conv1dAttribute(int channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="Conv1dAttribute(int, int)"/>
    public Conv1dAttribute(int channels, string kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="Conv1dAttribute(int, int)"/>
    public Conv1dAttribute(string channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <inheritdoc cref="Conv1dAttribute(int, int)"/>
    public Conv1dAttribute(string channels, string kernelSize)
        : base(channels, kernelSize)
    {
    }
}
