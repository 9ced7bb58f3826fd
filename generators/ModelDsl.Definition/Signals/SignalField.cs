namespace ModelDsl.Definition;

/// <summary>
/// Activations at one place in the net: their moments, and a sample of channels to follow through residual sums, where ReLU makes
/// a reflected random walk that no Gaussian describes. A channel is seen at two positions of two examples, four values in the
/// order (position, example) = (1, 1), (2, 1), (1, 2), (2, 2). The sample is drawn when first asked for.
/// </summary>
internal sealed class SignalField
{
    /// <summary>Predictions for a ResNet-56 then scatter by up to 5 % (one standard deviation) between seeds.</summary>
    public const int Channels = 4096;

    public const int Views = 4;

    private readonly Lazy<double[]> _values;

    private SignalField(PairMoments moments, int? edge, bool isGaussian, Lazy<double[]> values)
    {
        Moments = moments;
        Edge = edge;
        IsGaussian = isGaussian;
        _values = values;
    }

    public PairMoments Moments { get; }

    /// <summary>Positions along one side of the map; null when it is endless.</summary>
    public int? Edge { get; }

    public bool IsGaussian { get; }

    public double[] Values => _values.Value;

    /// <summary>One over the number of positions, 0 for an endless map.</summary>
    public double InversePositions => Edge is { } edge ? 1.0 / edge / edge : 0;

    public static SignalField Gaussian(PairMoments moments, int? edge, NormalSource normals) =>
        new(moments, edge, isGaussian: true, new(() => Draw(moments, normals)));

    /// <summary>Two paths, one of which ends in fresh random weights: nothing is correlated, moments add.</summary>
    public static SignalField Sum(SignalField left, SignalField right) => new(
        left.Moments + right.Moments,
        left.Edge,
        left.IsGaussian && right.IsGaussian,
        new(() => Add(left.Values, right.Values)));

    public SignalField Rectified()
    {
        if (IsGaussian)
            return new(Moments.RectifiedGaussian(), Edge, isGaussian: false, new(() => Rectify(Values)));

        var values = Rectify(Values);
        return new(Measure(values), Edge, isGaussian: false, new(() => values));
    }

    public SignalField WithEdge(int? edge) => new(Moments, edge, IsGaussian, _values);

    /// <summary>
    /// The four views' covariance has the sign patterns below as eigenvectors. Channels come in pairs of opposite sign, so that
    /// exactly half of a Gaussian sample passes ReLU.
    /// </summary>
    private static double[] Draw(PairMoments moments, NormalSource normals)
    {
        var (energy, positions, examples, both) = moments;
        var common = Deviation(energy + positions + examples + both);
        var position = Deviation(energy - positions + examples - both);
        var example = Deviation(energy + positions - examples - both);
        var own = Deviation(energy - positions - examples + both);
        var values = new double[Channels * Views];
        for (var first = 0; first < values.Length / 2; first += Views)
        {
            var a = common * normals.Next();
            var b = position * normals.Next();
            var c = example * normals.Next();
            var d = own * normals.Next();
            values[first] = a + b + c + d;
            values[first + 1] = a - b + c - d;
            values[first + 2] = a + b - c - d;
            values[first + 3] = a - b - c + d;
        }

        for (var index = 0; index < values.Length / 2; index++)
            values[index + values.Length / 2] = -values[index];
        return values;
    }

    /// <summary>Small maps can ask for slightly more anticorrelation than four views can have.</summary>
    private static double Deviation(double eigenvalue) => Math.Sqrt(Math.Max(0, eigenvalue)) / 2;

    private static double[] Add(double[] left, double[] right)
    {
        var sum = new double[left.Length];
        for (var index = 0; index < sum.Length; index++)
            sum[index] = left[index] + right[index];
        return sum;
    }

    private static double[] Rectify(double[] values)
    {
        var rectified = new double[values.Length];
        for (var index = 0; index < values.Length; index++)
            rectified[index] = Math.Max(0, values[index]);
        return rectified;
    }

    private static PairMoments Measure(double[] values)
    {
        double energy = 0, positions = 0, examples = 0, both = 0;
        for (var first = 0; first < values.Length; first += Views)
        {
            var (a, b, c, d) = (values[first], values[first + 1], values[first + 2], values[first + 3]);
            energy += a * a + b * b + c * c + d * d;
            positions += a * b + c * d;
            examples += a * c + b * d;
            both += a * d + b * c;
        }

        return new PairMoments(energy / 4 / Channels, positions / 2 / Channels, examples / 2 / Channels, both / 2 / Channels);
    }
}
