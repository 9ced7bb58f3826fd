namespace ModelDsl;

/// <summary>
/// How a tensor is filled before training: the schemes of <c>torch.nn.init</c>. n is the fan of the weight,
/// <see cref="FanMode"/>.
/// </summary>
public enum Init
{
    /// <summary>
    /// As PyTorch fills such a layer; a parameter of the model's own is standard normal, a buffer zero.
    /// </summary>
    Default = 0,

    /// <summary>0.</summary>
    Zeros = 1,

    /// <summary>1.</summary>
    Ones = 2,

    /// <summary><c>Value</c>.</summary>
    Constant = 3,

    /// <summary>Normal with mean <c>Value</c> (0 unless said) and standard deviation <c>Deviation</c> (1 unless said).</summary>
    Normal = 4,

    /// <summary>
    /// As <see cref="Normal"/>, drawn again while outside <c>Low</c> to <c>High</c>. The bounds are absolute, as in PyTorch, and
    /// -2 and 2 unless said: with a deviation of 0.02 they cut nothing off.
    /// </summary>
    TruncatedNormal = 5,

    /// <summary>Uniform from <c>Low</c> to <c>High</c>; 0 to 1 unless said.</summary>
    Uniform = 6,

    /// <summary>Uniform in +-gain sqrt(6 / (n_in + n_out)) (Glorot and Bengio 2010, equation 16); the gain is 1 unless
    /// <c>Gain</c> or <c>Activation</c> says otherwise.</summary>
    XavierUniform = 7,

    /// <summary>Normal with deviation gain sqrt(2 / (n_in + n_out)) (Glorot and Bengio 2010, equation 12); gain as in
    /// <see cref="XavierUniform"/>.</summary>
    XavierNormal = 8,

    /// <summary>
    /// Uniform in +-gain sqrt(3 / n) (He et al. 2015); the gain is that of ReLU, sqrt 2, or of a leaky ReLU of slope
    /// <c>Slope</c>, sqrt(2 / (1 + slope^2)) (there equation 15), unless <c>Gain</c> or <c>Activation</c> says otherwise.
    /// </summary>
    KaimingUniform = 9,

    /// <summary>Normal with deviation gain / sqrt n (He et al. 2015, equations 10 and 14); gain as in
    /// <see cref="KaimingUniform"/>.</summary>
    KaimingNormal = 10,

    /// <summary>
    /// Orthogonal rows, or columns where those are fewer, of the length of the gain, as in <see cref="XavierUniform"/>; the axes
    /// behind the first are taken as one (Saxe, McClelland and Ganguli 2014).
    /// </summary>
    Orthogonal = 11,
}
