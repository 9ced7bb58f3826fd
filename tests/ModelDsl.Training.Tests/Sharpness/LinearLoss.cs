using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.Sharpness;

/// <summary>
/// A loss that is linear in the parameters, <c>sum g * p</c>, with other coefficients in each pass: so the gradient of every
/// pass is known exactly. Notes the parameters as each pass found them.
/// </summary>
internal sealed class LinearLoss(VectorModel model, params Dictionary<string, double[]>[] passes)
{
    private readonly List<Dictionary<string, double[]>> _seen = [];

    /// <summary>The parameters in each pass so far.</summary>
    public IReadOnlyList<Dictionary<string, double[]>> Seen => _seen;

    public static LinearLoss OfOneVector(VectorModel model, params double[][] gradients) =>
        new(model, [.. gradients.Select(gradient => new Dictionary<string, double[]> { ["w"] = gradient })]);

    public Tensor Closure()
    {
        var coefficients = passes[_seen.Count];
        _seen.Add(coefficients.Keys.ToDictionary(name => name, model.Values));
        var loss = coefficients.Select(term => model[term.Key].dot(tensor(term.Value))).Aggregate((sum, term) => sum + term);
        loss.backward();
        return loss;
    }
}
