using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>Counts the tensors that this thread holds each time a layer of a model has run, until this is disposed.</summary>
internal sealed class LiveTensors : IDisposable
{
    private readonly List<Action> _hooks = [];
    private long _before = Alive;

    public LiveTensors(nn.Module model)
    {
        foreach (var layer in Layers(model))
            _hooks.Add(layer.register_forward_hook((_, _, output) =>
            {
                Counts.Add(Alive - _before);
                AfterLayer();
                return output;
            }).remove);
    }

    /// <summary>The handles of this thread.</summary>
    public static long Alive => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    /// <summary>By layer, in the order in which they ran: the tensors that there were more than at the beginning.</summary>
    public List<long> Counts { get; } = [];

    /// <summary>Runs behind each layer.</summary>
    public Action AfterLayer { get; set; } = static () => { };

    /// <summary>The modules that hold no others.</summary>
    public static IEnumerable<nn.Module<Tensor, Tensor>> Layers(nn.Module model) =>
        model.modules().OfType<nn.Module<Tensor, Tensor>>().Where(module => !module.children().Any());

    /// <summary>Begins to count anew.</summary>
    public void Begin()
    {
        Counts.Clear();
        _before = Alive;
    }

    public void Dispose() => _hooks.ForEach(static remove => remove());
}
