using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>
/// Which activation a slot takes: its own attribute, an <c>Activation</c> parameter, the class's attribute, the assembly's, else
/// ReLU.
/// </summary>
internal static class ActivationResolver
{
    /// <summary>The choice of a slot or of an activation that stands for itself; null after a finding.</summary>
    public static ActivationChoice? Resolve(StageFlow flow, LayerDeclaration slot)
    {
        if (Nonlinearities.Find(slot.Attribute) is { } own)
            return Choice(flow, slot, slot, own, null, $"[{slot.Attribute}]");
        var model = flow.Model.Declaration;
        return Declared(model) is var (layer, activation, reason)
            ? Choice(flow, slot, layer, activation, model.ActivationParameter?.Code, reason)
            : new(Nonlinearities.Default, default, false, model.ActivationParameter?.Code, null);
    }

    /// <summary>
    /// C# of what a model passes to the <c>Activation</c> parameter of the blocks that it nests; null for nothing.
    /// </summary>
    public static string? PassedOn(StageFlow flow)
    {
        var model = flow.Model.Declaration;
        return Declared(model) is var (layer, activation, reason)
            ? Choice(flow, null, layer, activation, model.ActivationParameter?.Code, reason)?.Code
            : model.ActivationParameter?.Code;
    }

    private static (LayerDeclaration Layer, Nonlinearity Activation, string Reason)? Declared(ModelDeclaration model)
    {
        if (model.Activation is { } own && Nonlinearities.Find(own.Attribute) is { } activation)
            return (own, activation, $"[{own.Attribute}] on {model.Name}");
        if (model.AssemblyActivation is { } assembly && Nonlinearities.Find(assembly.Attribute) is { } fallback)
            return (assembly, fallback, $"[{assembly.Attribute}] on the assembly");
        return null;
    }

    private static ActivationChoice? Choice(
        StageFlow flow,
        LayerDeclaration? slot,
        LayerDeclaration layer,
        Nonlinearity activation,
        string? parameter,
        string reason)
    {
        var options = ImmutableArray.CreateBuilder<RealExpression>();
        foreach (var option in activation.Options)
        {
            if (RealArgument.Read(flow, layer, option.Name, option.Default, slot) is not { } value)
                return null;
            options.Add(value);
        }
        var hasFlag = activation.Flag is { } flag && layer[flag]?.Number == 1;
        return new(activation, options.ToImmutable(), hasFlag, parameter, reason);
    }
}
