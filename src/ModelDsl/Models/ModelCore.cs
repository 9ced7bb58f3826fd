using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>The part of a model that is the same whatever its number of inputs.</summary>
internal sealed class ModelCore
{
    private readonly nn.Module _model;
    private readonly IModelParts _parts;
    private readonly HashSet<Parameter> _tied = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<nn.Module> _normalizations = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<nn.Module> _frozenStatistics = new(ReferenceEqualityComparer.Instance);

    private ModelCore(nn.Module model, IModelParts parts) => (_model, _parts) = (model, parts);

    /// <summary>The shared part of a model.</summary>
    public static ModelCore Of<TModel>(TModel model)
        where TModel : nn.Module, IModelParts => new(model, model);

    /// <summary>After the layers are registered: what is left to do before the model is built.</summary>
    public void Complete()
    {
        _parts.TieParameters();
        ModelState.DetachFromScopes(_model);
    }

    /// <summary>Registers a layer under a name, whose dots are levels.</summary>
    public void Register(string name, nn.Module? layer)
    {
        if (layer is null)
            return;
        var (level, leaf) = Place(name);
        level.register_module(leaf, layer);
    }

    /// <summary>Registers a layer that is a normalization whatever its type.</summary>
    public void RegisterNormalization(string name, nn.Module? layer)
    {
        Register(name, layer);
        if (layer is not null)
            _normalizations.Add(layer);
    }

    /// <summary>Another layer stands where one stood: it is the normalization, frozen if the other was.</summary>
    public void Replace(nn.Module old, nn.Module replacement)
    {
        if (_normalizations.Remove(old))
            _normalizations.Add(replacement);
        if (_frozenStatistics.Remove(old))
            _frozenStatistics.Add(replacement);
    }

    /// <summary>A layer is no part of the model any more.</summary>
    public void Forget(nn.Module layer)
    {
        _normalizations.Remove(layer);
        _frozenStatistics.Remove(layer);
    }

    /// <summary>Registers each block under the name of its index; none where they are absent.</summary>
    public void Register<TBlock>(Func<int, string> name, RepeatedBlock<TBlock>? blocks)
        where TBlock : nn.Module
    {
        for (var index = 0; index < (blocks?.Count ?? 0); index++)
            Register(name(index), blocks![index]);
    }

    /// <summary>Registers a parameter under a name, whose dots are levels.</summary>
    public void Register(string name, Parameter? parameter)
    {
        if (parameter is null)
            return;
        var (level, leaf) = Place(name);
        level.register_parameter(leaf, parameter);
    }

    /// <summary>Registers a buffer under a name, whose dots are levels.</summary>
    public void Register(string name, Tensor? buffer, bool isPersistent)
    {
        if (buffer is null)
            return;
        var (level, leaf) = Place(name);
        level.register_buffer(leaf, buffer, isPersistent);
    }

    /// <summary>The parameter where the model moves to, registered under its name.</summary>
    public Parameter Move(string name, Parameter parameter, Destination destination)
    {
        var moved = ModuleLevel.Moved(parameter, destination);
        if (!ReferenceEquals(moved, parameter))
            Owner(name, out var leaf).Put(leaf, moved);
        return moved;
    }

    /// <summary>The buffer where the model moves to, registered under its name.</summary>
    public Tensor MoveBuffer(string name, Tensor buffer, Destination destination)
    {
        var moved = Components.Moved(buffer, destination);
        if (ReferenceEquals(moved, buffer))
            return moved;
        var owner = Owner(name, out var leaf);
        owner.Put(leaf, moved, owner.OwnBuffers.Single(entry => entry.Name == leaf).IsPersistent);
        return moved;
    }

    /// <summary>Moves everything: nested modules, the parameters and buffers in fields, and what has no field.</summary>
    public void MoveAll(Destination destination, bool nonBlocking)
    {
        Components.MoveChildren(_model, destination.Type, destination.Device, nonBlocking);
        _parts.MoveParameters(destination);
        foreach (var (level, components) in Levels(_model, _parts))
            MoveRest(level, components, destination);
        Complete();
    }

    /// <summary>Another name for a parameter, which optimizers then see once.</summary>
    public Parameter Tied(Parameter parameter)
    {
        // The same tensor behind a second handle, so that each layer may free its own when it moves or is disposed.
        var same = new Parameter(parameter.resolve_conj(), parameter.requires_grad);
        same.DetachFromDisposeScope();
        _tied.RemoveWhere(other => other.IsInvalid);
        _tied.Add(same);
        return same;
    }

    /// <summary>Whether a parameter is another name for one that is listed elsewhere.</summary>
    public bool IsTied(Parameter parameter) => _tied.Contains(parameter);

    /// <summary>Whether a module was registered as a normalization.</summary>
    public bool IsNormalization(nn.Module module) => _normalizations.Contains(module);

    /// <summary>Runs a forward pass and returns what stages gave on the way.</summary>
    /// <exception cref="ArgumentException">There is no such stage.</exception>
    /// <exception cref="InvalidOperationException">A stage that was asked for did not run.</exception>
    public IReadOnlyDictionary<string, Tensor> Features<TResult>(string[] stages, Func<TResult> forward, params object?[] inputs)
    {
        ArgumentNullException.ThrowIfNull(stages);
        var keys = stages.Length > 0 ? stages : [.. Observable(_parts).Select(stage => stage.Name)];
        using var capture = new FeatureCapture([.. keys.Select(Target)]);
        Free(forward(), inputs);
        return capture.Take(isComplete: stages.Length > 0);
    }

    private static IEnumerable<StageDescription> Observable(IModel model) =>
        model.DescribeStages().Where(stage => !stage.IsProperty);

    private FeatureTarget Target(string key)
    {
        var dot = key.LastIndexOf('.');
        var owner = dot < 0 ? _model : Descendant(key[..dot]);
        var stage = key[(dot + 1)..];
        if (owner is IModelParts parts && Observable(parts).Any(known => known.Name == stage))
            return new(key, parts.Core, stage, _model.GetName());
        var (place, known) = owner is IModelParts nested
            ? (dot < 0 ? _model.GetName() : key[..dot], Observable(nested))
            : (_model.GetName(), Observable(_parts));
        throw new ArgumentException(
            $"{_model.GetName()} has no stage {key}. The stages of {place} are {string.Join(", ", known.Select(it => it.Name))}; "
                + "those of a nested model are asked for with its path in the state dict before the stage.");
    }

    private nn.Module? Descendant(string path)
    {
        nn.Module? module = _model;
        foreach (var part in path.Split('.'))
            module = module is null ? null : Child(module, part);
        return module;
    }

    /// <summary>Nobody gets what the model returned, which may be what it was given.</summary>
    private static void Free(object? result, object?[] inputs)
    {
        if (inputs.Contains(result, ReferenceEqualityComparer.Instance))
            return;
        if (result is ITuple tuple)
        {
            for (var index = 0; index < tuple.Length; index++)
                Free(tuple[index], inputs);
        }
        (result as IDisposable)?.Dispose();
    }

    /// <summary>Freezes a layer's batch statistics, or lets it follow the model's mode again.</summary>
    public void SetStatistics(nn.Module layer, bool isFrozen)
    {
        if (isFrozen)
            _frozenStatistics.Add(layer);
        else
            _frozenStatistics.Remove(layer);
        layer.train(!isFrozen && _model.training);
    }

    /// <summary>After the mode of everything was set: layers whose statistics are frozen evaluate.</summary>
    public void KeepStatistics()
    {
        foreach (var layer in _frozenStatistics)
            layer.eval();
    }

    private static void MoveRest(nn.Module level, IComponents components, Destination destination)
    {
        foreach (var (name, parameter) in level.named_parameters(recurse: false).ToList())
        {
            var moved = ModuleLevel.Moved(parameter, destination);
            if (!ReferenceEquals(moved, parameter))
                components.Put(name, moved);
        }
        foreach (var (name, buffer, isPersistent) in components.OwnBuffers)
        {
            var moved = Components.Moved(buffer, destination);
            if (!ReferenceEquals(moved, buffer))
                components.Put(name, moved, isPersistent);
        }
    }

    /// <summary>The model and the levels of its names.</summary>
    private static IEnumerable<(nn.Module Level, IComponents Components)> Levels(nn.Module module, IComponents components)
    {
        yield return (module, components);
        foreach (var level in module.children().OfType<ModuleLevel>())
        {
            foreach (var nested in Levels(level, level))
                yield return nested;
        }
    }

    /// <summary>The module that holds a name, made where it is missing, and the part of the name behind its last dot.</summary>
    /// <exception cref="ArgumentException">The name is taken, or has an empty part.</exception>
    private (nn.Module Level, string Leaf) Place(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var parts = name.Split('.');
        if (parts.Any(part => part.Length == 0))
            throw new ArgumentException($"{_model.GetName()}: \"{name}\" is no name for the state dict; it has an empty part.");
        var level = _model;
        foreach (var part in parts.SkipLast(1))
        {
            if (Child(level, part) is ModuleLevel existing)
            {
                level = existing;
                continue;
            }
            EnsureFree(level, part, name);
            var added = new ModuleLevel();
            level.register_module(part, added);
            level = added;
        }
        EnsureFree(level, parts[^1], name);
        return (level, parts[^1]);
    }

    private void EnsureFree(nn.Module level, string part, string name)
    {
        if (Child(level, part) is not null || level.has_parameter(part) || level.has_buffer(part))
            throw new ArgumentException(
                $"{_model.GetName()}: \"{name}\" can't be registered, as \"{part}\" in it is already the name of another layer, "
                    + "parameter or buffer; give one of them another Name.");
    }

    private IComponents Owner(string name, out string leaf)
    {
        var parts = name.Split('.');
        leaf = parts[^1];
        IComponents owner = _parts;
        nn.Module? module = _model;
        foreach (var part in parts.SkipLast(1))
        {
            module = module is null ? null : Child(module, part);
            owner = module as ModuleLevel
                ?? throw new ArgumentException($"{_model.GetName()}: nothing is registered as \"{name}\".");
        }
        return owner;
    }

    private static nn.Module? Child(nn.Module module, string name) =>
        module.named_children().FirstOrDefault(child => child.name == name).module;
}
