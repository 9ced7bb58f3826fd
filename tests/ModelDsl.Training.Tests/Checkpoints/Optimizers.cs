using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.Checkpoints;

/// <summary>Optimizers by name, with options that give them all the state they can have.</summary>
internal static class Optimizers
{
    public static TheoryData<string> Names => [.. s_all.Keys];

    private static readonly Dictionary<string, Func<nn.Module, optim.Optimizer>> s_all = new()
    {
        ["SGD"] = Sgd,
        ["SGD without momentum"] = model => optim.SGD(model.parameters(), 0.05),
        ["Adam"] = model => optim.Adam(model.parameters(), 0.05, weight_decay: 0.01),
        ["Adam with AMSGrad"] = model => optim.Adam(model.parameters(), 0.05, amsgrad: true),
        ["AdamW"] = AdamW,
        ["Adamax"] = model => optim.Adamax(model.parameters(), 0.05),
        ["NAdam"] = model => optim.NAdam(model.parameters(), 0.05),
        ["RAdam"] = model => optim.RAdam(model.parameters(), 0.05),
        ["Adagrad"] = model => optim.Adagrad(model.parameters(), 0.05, lr_decay: 0.1),
        ["Adadelta"] = model => optim.Adadelta(model.parameters(), 0.05),
        ["ASGD"] = model => optim.ASGD(model.parameters(), 0.05, t0: 4),
        ["RMSProp, centered, with momentum"] =
            model => optim.RMSProp(model.parameters(), 0.05, momentum: 0.5, centered: true),
        ["Rprop"] = model => optim.Rprop(model.parameters(), 0.05),
    };

    public static Func<nn.Module, optim.Optimizer> Of(string name) => s_all[name];

    /// <summary>Two groups with rates and decays of their own.</summary>
    public static optim.Optimizer Sgd(nn.Module model) => new SGD([Weights(model), Rest(model)], 0.05);

    /// <summary>The same groups the other way round, and in them the same parameters.</summary>
    public static optim.Optimizer SgdInAnotherOrder(nn.Module model)
    {
        var (weights, rest) = (Weights(model), Rest(model));
        weights.Parameters = [.. weights.Parameters.Reverse()];
        rest.Parameters = [.. rest.Parameters.Reverse()];
        return new SGD([rest, weights], 0.05);
    }

    public static optim.Optimizer AdamW(nn.Module model) => optim.AdamW(model.parameters(), 0.05, weight_decay: 0.1);

    private static SGD.ParamGroup Weights(nn.Module model) => new(
        model.parameters().Where(parameter => parameter.ndim > 1), 0.05, momentum: 0.9, weight_decay: 5e-4, nesterov: true);

    private static SGD.ParamGroup Rest(nn.Module model) =>
        new(model.parameters().Where(parameter => parameter.ndim == 1), 0.02, momentum: 0.8);
}
