using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>Every example's own gradient of a parameter, <c>[N, C]</c>, as a kernel writes them.</summary>
internal sealed unsafe class ExampleGradients(ChannelLayout layout)
{
    private readonly Tensor _gradients = KernelMemory.Floats(layout.Examples, layout.Channels);

    /// <summary>The gradients, row by row. This object has to outlive the use of the pointer.</summary>
    public float* Pointer => Memory.Of(_gradients);

    private int Examples => layout.Examples;

    private int Channels => layout.Channels;

    /// <summary>
    /// The parameter's gradient, <c>[C]</c>: the examples' added in their order, so that the number of threads changes no bit.
    /// </summary>
    public Tensor Sum()
    {
        var sum = KernelMemory.Floats(layout.Channels);
        float* rows = Pointer, results = Memory.Of(sum);
        var channel = 0;
        for (; channel <= Channels - Lanes.Count; channel += Lanes.Count)
            SumLanes(rows + channel, results + channel);
        for (; channel < Channels; channel++)
            results[channel] = SumOne(rows + channel);
        return sum;
    }

    /// <summary>The sum of all, times a factor: <c>[1]</c>, for a parameter that all channels share.</summary>
    public Tensor Total(double factor)
    {
        var sum = 0.0;
        for (var example = 0; example < Examples; example++)
            sum += SumOfRow(example);
        return KernelMemory.Floats(1).fill_(factor * sum);
    }

    /// <summary>Hands over the gradients of the parameters that take one, if there are any.</summary>
    /// <param name="deliver">Takes them; null: nobody wants them.</param>
    /// <param name="parameters">The gradients of each parameter; null for one that takes none.</param>
    public static void Deliver(Action<IReadOnlyList<Tensor>>? deliver, params ReadOnlySpan<ExampleGradients?> parameters)
    {
        var gradients = new List<Tensor>();
        foreach (var parameter in parameters)
        {
            if (parameter is not null)
                gradients.Add(parameter._gradients);
        }
        if (gradients.Count > 0)
            deliver?.Invoke(gradients);
    }

    /// <summary>The squared norms of each example's gradients of all parameters: <c>[N]</c>.</summary>
    /// <param name="gradients">The gradients of each parameter, <c>[N, C]</c>.</param>
    public static Tensor SquaredNorms(IReadOnlyList<Tensor> gradients)
    {
        var norms = KernelMemory.Floats(gradients[0].size(0)).zero_();
        foreach (var gradient in gradients)
            AddSquaredNorms(gradient, Memory.Of(norms));
        return norms;
    }

    private static void AddSquaredNorms(Tensor gradients, float* norms)
    {
        var (examples, channels) = (gradients.size(0), (int)gradients.size(1));
        var row = Memory.Of(gradients);
        for (var example = 0; example < examples; example++, row += channels)
            norms[example] += (float)SquaredNorm(row, channels);
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

    private double SumOfRow(int example)
    {
        var row = Pointer + (long)example * Channels;
        var sums = Vector<double>.Zero;
        var channel = 0;
        for (; channel <= Channels - Lanes.Count; channel += Lanes.Count)
        {
            Vector.Widen(Vector.Load(row + channel), out var low, out var high);
            sums += low + high;
        }
        var sum = Vector.Sum(sums);
        for (; channel < Channels; channel++)
            sum += row[channel];
        return sum;
    }

    private static double SquaredNorm(float* row, int channels)
    {
        var sums = Vector<double>.Zero;
        var channel = 0;
        for (; channel <= channels - Lanes.Count; channel += Lanes.Count)
        {
            Vector.Widen(Vector.Load(row + channel), out var low, out var high);
            sums += low * low + high * high;
        }
        var sum = Vector.Sum(sums);
        for (; channel < channels; channel++)
            sum += (double)row[channel] * row[channel];
        return sum;
    }
}
