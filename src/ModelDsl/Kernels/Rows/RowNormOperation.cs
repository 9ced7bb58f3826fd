using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>
/// LayerNorm over the last axes or RMSNorm over the last one, an addend and an activation in one kernel, and, if wanted, the
/// squared norms of each example's gradients. Inputs: input, weight, bias or null, addend or null.
/// </summary>
/// <typeparam name="TNorm">How a row is normalized; there is a bias if and only if it centres.</typeparam>
/// <typeparam name="TActivation">The activation at the end.</typeparam>
/// <param name="epsilon">What is added to the variance or the mean square.</param>
/// <param name="deliver">
/// Takes over, during the backward pass, the squared norm of each example's gradient of those parameters that take one,
/// <c>[N]</c>; null: the norms aren't wanted.
/// </param>
internal sealed unsafe class RowNormOperation<TNorm, TActivation>(double epsilon, Action<Tensor>? deliver) : FusedOperation
    where TNorm : IRowNorm
    where TActivation : IFusedActivation
{
    private const int Input = 0;
    private const int Weight = 1;
    private const int Bias = 2;
    private const int Addend = 3;

    /// <summary>Rows that a thread takes at a time, in bytes.</summary>
    private const int ChunkBytes = 64 << 10;

    protected override Tensor Compute(ReadOnlySpan<Tensor?> inputs)
    {
        var (input, weight, bias, addend) = (inputs[Input]!, inputs[Weight]!, inputs[Bias], inputs[Addend]);
        var (rows, width) = ((int)(input.numel() / weight.numel()), (int)weight.numel());
        var output = empty_like(input);
        var scalings = KernelMemory.Floats(rows, RowScaling.Size);
        var work = new RowNormForward<TNorm, TActivation>
        {
            Width = width,
            Input = Memory.Of(input),
            Addend = Memory.Of(addend),
            Weight = Memory.Of(weight),
            Bias = Memory.Of(bias),
            Epsilon = epsilon,
            Scalings = (RowScaling*)Memory.Of(scalings),
            Output = Memory.Of(output),
        };
        OpenMPTeam.Run(work, rows, Math.Max(1, ChunkBytes / (width * sizeof(float))));
        foreach (var tensor in new SavedRowNorm(input, weight, scalings, bias, TActivation.IsIdentity ? null : addend).Tensors)
            Save(tensor);
        return output;
    }

    protected override Tensor?[] Differentiate(IReadOnlyList<Tensor> saved, Tensor gradient)
    {
        var forward = SavedRowNorm.Of(saved, TNorm.Centres);
        var inputGradient = Needs(Input) ? empty_like(gradient) : null;
        var activationGradient = Before(gradient, inputGradient);
        var parameters = new RowParameterGradients(forward, deliver is not null, Needs(Weight), Needs(Bias));
        var work = new RowNormBackward<TNorm, TActivation>
        {
            Slices = parameters.Slices,
            Width = forward.Width,
            Input = Memory.Of(forward.Input),
            Addend = Memory.Of(forward.Addend),
            Gradient = Memory.Of(gradient),
            Weight = Memory.Of(forward.Weight),
            Bias = Memory.Of(forward.Bias),
            Scalings = (RowScaling*)Memory.Of(forward.Scalings),
            ActivationGradient = Memory.Of(activationGradient),
            InputGradient = Memory.Of(inputGradient),
            Sums = parameters.Sums,
            SquaredNorms = parameters.SquaredNorms,
        };
        OpenMPTeam.Run(work, parameters.Slices.Count);
        if (parameters.TakeNorms() is { } norms)
            deliver!(norms);
        return
        [
            inputGradient,
            Needs(Weight) ? parameters.OfWeight() : null,
            Needs(Bias) ? parameters.OfBias() : null,
            Needs(Addend) ? activationGradient ?? gradient.alias() : null,
        ];
    }

    protected override Tensor?[] Compose(IReadOnlyList<Tensor> saved, Tensor gradient)
    {
        var (input, weight, _, bias, addend) = SavedRowNorm.Of(saved, TNorm.Centres);
        var (weights, biases) = (ForEachExample(weight, input), ForEachExample(bias, input));
        var normalized = RowNorms.Compose(input, weights!, biases, weight.shape, epsilon);
        var output = TActivation.Apply(addend is null ? normalized : normalized.add(addend));
        Tensor[] inputs = addend is null ? [input, weights!, biases!] : [input, weights!, biases!, addend];
        var gradients = GradientsOf(output, inputs, gradient);
        if (deliver is not null && SquaredNorms(gradients[Weight], gradients[Bias]) is { } norms)
            deliver(norms);
        return
        [
            gradients[Input],
            Summed(gradients[Weight], weight),
            Summed(gradients[Bias], weight),
            !Needs(Addend) ? null : addend is null ? gradient.alias() : gradients[Addend],
        ];
    }

    /// <summary>A parameter once for each example, if norms are wanted: its gradient is then the examples' own.</summary>
    private Tensor? ForEachExample(Tensor? parameter, Tensor input)
    {
        if (deliver is null || parameter is null)
            return parameter;
        var shape = new long[input.dim()];
        Array.Fill(shape, 1);
        parameter.shape.CopyTo(shape, shape.Length - parameter.dim());
        shape[0] = input.size(0);
        return parameter.expand(shape);
    }

    private static Tensor? Summed(Tensor? gradient, Tensor like) => gradient?.reshape([-1, .. like.shape]).sum([0]);

    private static Tensor? SquaredNorms(params ReadOnlySpan<Tensor?> gradients)
    {
        Tensor? norms = null;
        foreach (var gradient in gradients)
        {
            if (gradient is null)
                continue;
            var own = gradient.detach().flatten(1).square().sum(1);
            norms = norms is null ? own : norms.add(own);
        }
        return norms;
    }

    /// <summary>
    /// Memory for the gradient before the activation, which is the addend's; null without an activation. Where nobody wants it
    /// it lies in the input's gradient, which replaces it row by row.
    /// </summary>
    private Tensor? Before(Tensor gradient, Tensor? inputGradient)
    {
        if (TActivation.IsIdentity)
            return null;
        return Needs(Addend) || inputGradient is null ? empty_like(gradient) : inputGradient;
    }
}
