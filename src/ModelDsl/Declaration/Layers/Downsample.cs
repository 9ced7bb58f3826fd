namespace ModelDsl;

/// <summary>How a shortcut's input is brought to the size of its branch.</summary>
public enum Downsample
{
    /// <summary>By a strided convolution and a normalization (option B of He et al. 2016).</summary>
    Convolution = 0,

    /// <summary>
    /// By an average over windows as large as the stride, then a convolution of stride 1 and a normalization where the channels
    /// differ (ResNet-D, He et al. 2019).
    /// </summary>
    AveragePool = 1,

    /// <summary>By taking every stride-th position, and zeros for further channels (option A of He et al. 2016).</summary>
    Pad = 2,
}
