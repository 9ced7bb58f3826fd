namespace ModelDsl.Definition;

/// <summary>
/// A square convolution with He-normal fan-in weights and no bias. Widths don't matter: fan-in scaling keeps squared Frobenius
/// norms whatever they are. Kernel, stride and padding say how much of the signal falls off the border of a small map.
/// </summary>
public sealed record ConvolutionSignal(int Kernel = 3, int Stride = 1, int Padding = 1) : SignalLayer;
