using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>What the stages of one forward pass returned, on the thread that runs it.</summary>
internal sealed class FeatureCapture : IDisposable
{
    [ThreadStatic]
    private static FeatureCapture? _current;

    private readonly FeatureCapture? _outer = _current;
    private readonly IReadOnlyList<FeatureTarget> _targets;
    private readonly Tensor?[] _kept;

    /// <summary>Begins to observe the stages.</summary>
    public FeatureCapture(IReadOnlyList<FeatureTarget> targets)
    {
        _targets = targets;
        _kept = new Tensor?[targets.Count];
        _current = this;
    }

    /// <summary>Keeps an alias of what a stage returned, where somebody asked for it.</summary>
    public static Tensor Reached(ModelCore model, string stage, Tensor output)
    {
        if (_current is { } capture)
            capture.Keep(model, stage, output);
        return output;
    }

    /// <summary>What was kept, by the names that were asked for, in the dispose scope of the caller.</summary>
    /// <param name="isComplete">Whether each stage must have run.</param>
    /// <exception cref="InvalidOperationException">A stage did not run.</exception>
    public IReadOnlyDictionary<string, Tensor> Take(bool isComplete)
    {
        var missing = Array.IndexOf(_kept, null);
        if (isComplete && missing >= 0)
            throw new InvalidOperationException(
                $"{_targets[missing].Model}: the forward pass did not run the stage {_targets[missing].Key}.");
        var features = new Dictionary<string, Tensor>();
        for (var index = 0; index < _kept.Length; index++)
        {
            // A stage may have run inside a scope that is gone by now: what was kept is in none.
            if (_kept[index] is { } kept)
                features.TryAdd(_targets[index].Key, kept.alias());
        }
        return features;
    }

    /// <summary>Ends the observation.</summary>
    public void Dispose()
    {
        _current = _outer;
        foreach (var kept in _kept)
            kept?.Dispose();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Keep(ModelCore model, string stage, Tensor output)
    {
        for (var index = 0; index < _kept.Length; index++)
        {
            if (!ReferenceEquals(_targets[index].Core, model) || _targets[index].Stage != stage)
                continue;
            _kept[index]?.Dispose();
            _kept[index] = output.alias().DetachFromDisposeScope();
        }
    }
}
