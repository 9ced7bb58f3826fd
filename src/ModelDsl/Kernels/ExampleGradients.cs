using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>Every example's own gradient of a parameter, <c>[N, C]</c>, as a kernel writes them.</summary>
internal sealed unsafe class ExampleGradients(ChannelLayout layout)
{
    private readonly Tensor _gradients = empty(layout.Examples, layout.Channels);

    /// <summary>The gradients, row by row. This object has to outlive the use of the pointer.</summary>
    public float* Pointer => Memory.Of(_gradients);

    private int Examples => layout.Examples;

    private int Channels => layout.Channels;

    /// <summary>
    /// The parameter's gradient, <c>[C]</c>: the examples' added in their order, so that the number of threads changes no bit.
    /// </summary>
    public Tensor Sum()
    {
        var sum = empty(layout.Channels);
        float* rows = Pointer, results = Memory.Of(sum);
        var channel = 0;
        for (; channel <= Channels - Lanes.Count; channel += Lanes.Count)
            SumLanes(rows + channel, results + channel);
        for (; channel < Channels; channel++)
            results[channel] = SumOne(rows + channel);
        return sum;
    }

    /// <summary>The squared norms of each example's gradients, those of several parameters added up: <c>[N]</c>.</summary>
    public static Tensor SquaredNorms(params ReadOnlySpan<ExampleGradients> parameters)
    {
        var examples = parameters[0].Examples;
        var norms = empty(examples);
        var results = Memory.Of(norms);
        for (var example = 0; example < examples; example++)
        {
            var norm = 0.0;
            foreach (var parameter in parameters)
                norm += parameter.SquaredNorm(example);
            results[example] = (float)norm;
        }
        return norms;
    }

    private void SumLanes(float* column, float* result)
    {
        Vector<double> lower = default, upper = default;
        for (var example = 0; example < Examples; example++, column += Channels)
        {
            Vector.Widen(Vector.Load(column), out var low, out var high);
            lower += low;
            upper += high;
        }
        Vector.Narrow(lower, upper).Store(result);
    }

    private float SumOne(float* column)
    {
        var sum = 0.0;
        for (var example = 0; example < Examples; example++, column += Channels)
            sum += *column;
        return (float)sum;
    }

    private double SquaredNorm(int example)
    {
        var row = Pointer + (long)example * Channels;
        var sums = Vector<double>.Zero;
        var channel = 0;
        for (; channel <= Channels - Lanes.Count; channel += Lanes.Count)
        {
            Vector.Widen(Vector.Load(row + channel), out var low, out var high);
            sums += low * low + high * high;
        }
        var sum = Vector.Sum(sums);
        for (; channel < Channels; channel++)
            sum += (double)row[channel] * row[channel];
        return sum;
    }
}
