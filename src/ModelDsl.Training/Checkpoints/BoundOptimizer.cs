using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>An optimizer whose parameters have the names that its model gives them.</summary>
/// <param name="Type">The optimizer's class.</param>
/// <param name="Groups">Its parameter groups.</param>
/// <param name="InitialOptions">The options of the groups when the training began, before schedules changed them.</param>
internal sealed record BoundOptimizer(
    string Type, IReadOnlyList<BoundGroup> Groups, IReadOnlyList<IReadOnlyDictionary<string, object?>> InitialOptions)
{
    /// <exception cref="NotSupportedException">The optimizer has state that can't be read.</exception>
    public static BoundOptimizer Of(nn.Module model, optim.Optimizer optimizer)
    {
        if (optimizer is not OptimizerHelper managed)
            throw new NotSupportedException(
                $"{optimizer.GetType().Name} keeps its state in native code, where a checkpoint can't read it: "
                + "choose another optimizer, or train without checkpoints.");

        var names = new Dictionary<nint, string>();
        foreach (var (name, parameter) in model.named_parameters())
            names.TryAdd(parameter.Handle, name);
        // In the order of the groups and their parameters.
        var states = new Queue<OptimizerState>(managed.state_dict().State);
        BoundGroup[] groups =
        [
            .. optimizer.ParamGroups.Cast<ParamGroup>().Select((group, index) =>
                new BoundGroup(group.Options, Bind(group, index, names, states))),
        ];
        return new(optimizer.GetType().Name, groups, [.. groups.Select(group => group.Values)]);
    }

    private static BoundParameter[] Bind(
        ParamGroup group, int groupIndex, Dictionary<nint, string> names, Queue<OptimizerState> states) =>
    [
        .. group.Parameters.Select((parameter, index) => names.TryGetValue(parameter.Handle, out var name)
            ? new BoundParameter(name, parameter, states.Dequeue(), IsOfModel: true)
            : new BoundParameter($"optimizer.{groupIndex}.{index}", parameter, states.Dequeue(), IsOfModel: false)),
    ];
}
