using TorchSharp.Modules;

namespace ModelDsl.Training;

/// <summary>Keeps parameters from receiving gradients until disposed; those that were frozen before stay frozen.</summary>
internal sealed class GradientFreeze : IDisposable
{
    private readonly Parameter[] _frozen;

    /// <summary>Switches off <c>requires_grad</c> wherever it is on among <paramref name="parameters"/>.</summary>
    public GradientFreeze(IEnumerable<Parameter> parameters)
    {
        _frozen = [.. parameters.Where(parameter => parameter.requires_grad)];
        SetRequiresGrad(false);
    }

    /// <summary>Switches <c>requires_grad</c> on again where it was on.</summary>
    public void Dispose() => SetRequiresGrad(true);

    private void SetRequiresGrad(bool value)
    {
        foreach (var parameter in _frozen) parameter.requires_grad = value;
    }
}
