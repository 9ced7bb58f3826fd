using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Joins what is declared of a model with what a traced forward pass shows.</summary>
internal sealed class SummaryBuilder
{
    private readonly Dictionary<nn.Module, LayerTrace> _traces = new(ReferenceEqualityComparer.Instance);
    private readonly List<LayerSummary> _layers = [];
    private readonly HashSet<Parameter> _uncounted;
    private LayerSummary? _previous;

    private SummaryBuilder(nn.Module model) => _uncounted = new(model.parameters(), ReferenceEqualityComparer.Instance);

    /// <param name="model">The model; <typeparamref name="TModel"/> takes one tensor where it can be traced.</param>
    /// <param name="inputShape">The shape to trace; empty for the declared one with free batches of 1.</param>
    public static ModelSummary Build<TModel>(TModel model, params long[] inputShape)
        where TModel : nn.Module, IModel
    {
        var builder = new SummaryBuilder(model);
        var shape = inputShape.Length > 0 ? inputShape : DeclaredShape(model);
        if (shape is not null && model is nn.Module<Tensor, Tensor> traceable)
            builder.Trace(traceable, shape);
        builder.Describe(model, "");
        builder.DescribeOwn(model);
        return new(model.GetName(), builder._traces.Count == 0 ? null : shape, builder._layers);
    }

    /// <summary>The input shape, where its sizes are numbers but for a free first axis, which becomes 1.</summary>
    private static long[]? DeclaredShape(IModel model)
    {
        var stages = model.DescribeStages();
        var axes = stages.Count == 0 ? [] : stages[0].InputShape.Split(", ");
        var sizes = new long[axes.Length];
        for (var axis = 0; axis < axes.Length; axis++)
        {
            if (!long.TryParse(axes[axis], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[axis]) && axis > 0)
                return null;
            sizes[axis] = Math.Max(1, sizes[axis]);
        }
        return sizes.Length == 0 ? null : sizes;
    }

    /// <summary>
    /// Runs zeros through the model in evaluation mode, without gradients, and leaves the mode of every module as it
    /// was.
    /// </summary>
    private void Trace(nn.Module<Tensor, Tensor> model, long[] shape)
    {
        var modes = model.modules().Prepend(model).Distinct().Select(module => (module, module.training)).ToList();
        var ofOneInput = model.modules().OfType<nn.Module<Tensor, Tensor>>()
            .Select(leaf => (Action)leaf.register_forward_hook((module, _, output) => Traced(module, output)).remove);
        var ofTwoInputs = model.modules().OfType<nn.Module<Tensor, Tensor, Tensor>>()
            .Select(leaf => (Action)leaf.register_forward_hook((module, _, _, output) => Traced(module, output)).remove);
        var removals = ofOneInput.Concat(ofTwoInputs).ToList();
        try
        {
            using var scope = NewDisposeScope();
            using var noGradients = no_grad();
            model.eval();
            var parameter = model.parameters().FirstOrDefault();
            model.call(zeros(shape, dtype: parameter?.dtype, device: parameter?.device));
        }
        finally
        {
            removals.ForEach(remove => remove());
            // A module's mode is set with its children's: parents first.
            modes.ForEach(mode => mode.module.train(mode.training));
        }
    }

    private Tensor Traced(nn.Module module, Tensor output)
    {
        _traces[module] = new(output.shape, MultiplyAdds(module, output));
        return output;
    }

    /// <summary>Each output element of a convolution or linear map sums over one slice of the weight.</summary>
    private static long MultiplyAdds(nn.Module module, Tensor output)
    {
        // Its projection of each token to query, key and value; the other is a module of its own.
        if (module is SelfAttention attention)
            return output.numel() / output.size(-1) * attention.in_proj_weight.numel();
        // The affine of a norm over several axes is no map.
        if (module is NormalizationLayer or LayerNorm)
            return 0;
        var weight = module.named_parameters(recurse: false).FirstOrDefault(entry => entry.name == "weight").parameter;
        return weight is null || weight.ndim < 2 ? 0 : output.numel() * (weight.numel() / weight.size(0));
    }

    /// <summary>What no stage mentions: parameters of the models' own, such as class tokens. They stand first.</summary>
    private void DescribeOwn(nn.Module model)
    {
        var rows = model.named_parameters()
            .Where(entry => _uncounted.Remove(entry.parameter))
            .Select(entry => Row(entry.name, entry.parameter))
            .ToList();
        _layers.InsertRange(0, rows);
    }

    private static LayerSummary Row(string name, Parameter parameter) =>
        new("", nameof(Parameter), name, string.Join(", ", parameter.shape), parameter.shape, parameter.numel(), 0);

    private void Describe<TModel>(TModel model, string path)
        where TModel : IModel
    {
        var module = (nn.Module)(object)model;
        foreach (var stage in model.DescribeStages())
        {
            foreach (var layer in stage.Layers)
                Describe(stage, layer, module, path);
        }
    }

    private void Describe(StageDescription stage, LayerDescription layer, nn.Module model, string path)
    {
        if (layer.IsIndexed)
        {
            for (var index = 0; Indexed(layer, index) is var block && Find(model, block.Name) is { } found; index++)
                Describe(stage, block, found, model, path);
        }
        else
            Describe(stage, layer, Find(model, layer.Name), model, path);
    }

    private void Describe(StageDescription stage, LayerDescription layer, nn.Module? module, nn.Module model, string path)
    {
        var name = layer.Name.Length == 0 ? "" : path + layer.Name;
        if (module is IModel nested)
            Describe(nested, name + ".");
        else if (module is not null && module.children().Any() && module.children().All(child => child is IModel))
            DescribeAll(module, name);
        else
            _layers.Add(_previous = Row($"{path}{stage.Name}", layer, name, module, model));
    }

    private void DescribeAll(nn.Module repeated, string name)
    {
        foreach (var (index, block) in repeated.named_children())
            Describe((IModel)block, $"{name}.{index}.");
    }

    private LayerSummary Row(string stage, LayerDescription layer, string name, nn.Module? module, nn.Module model)
    {
        if (module is null)
        {
            var outputShape = _previous is { } previous && previous.Stage == stage && previous.Shape == layer.Shape
                ? previous.OutputShape
                : null;
            var parameter = name.Length == 0 ? null : model.get_parameter(layer.Name);
            return parameter is null
                ? new(stage, layer.Kind, "", layer.Shape, outputShape, 0, 0)
                : new(stage, layer.Kind, name, layer.Shape, outputShape, Count([parameter]), 0);
        }
        var multiplyAdds = module.modules().Append(module)
            .Distinct()
            .Sum(part => _traces.GetValueOrDefault(part)?.MultiplyAdds ?? 0);
        return new(
            stage,
            // Which normalization a slot took is what its readers want to know.
            layer.Kind == "Norm" ? module.GetType().Name : layer.Kind,
            name,
            layer.Shape,
            // Blocks that someone wrote run one after the other: the last one's output is theirs.
            _traces.GetValueOrDefault(module is ModuleLevel ? module.children().LastOrDefault() ?? module : module)?.Shape,
            Count(module.parameters()),
            multiplyAdds);
    }

    /// <summary>The number of weights; those that are tied to another layer's count there.</summary>
    private long Count(IEnumerable<Parameter> parameters) =>
        parameters.Where(_uncounted.Remove).Sum(parameter => parameter.numel());

    private static LayerDescription Indexed(LayerDescription layer, int index) =>
        layer with { Name = layer.NameOf(index), BlockName = null };

    /// <summary>The module of a name in the state dict, whose dots are levels.</summary>
    private static nn.Module? Find(nn.Module model, string name)
    {
        var module = model;
        foreach (var part in name.Split('.'))
            module = module?.named_children().FirstOrDefault(child => child.name == part).module;
        return module;
    }

    private sealed record LayerTrace(long[] Shape, long MultiplyAdds);
}
