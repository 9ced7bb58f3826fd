using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>
/// Builds a net that was compiled and runs it: every shape is the inferred one, gradients arrive, names are unique.
/// </summary>
internal sealed class NetRun(Net net, Type entry)
{
    /// <summary>The first thing that is wrong, or null.</summary>
    public string? Check()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(net.Seed);
        using var model = Build();
        model.train();
        return Forward(model)
            ?? (net.Seed % 3 == 0 ? Gradients(model) : null)
            ?? (net.Seed % 5 == 0 ? Described(model) ?? Names(model) ?? Evaluation(model) ?? Doubles(model) : null);
    }

    /// <summary>Every fifth net is built in a scope that is gone by the time it runs: its parameters stay.</summary>
    private nn.Module Build()
    {
        using var scope = net.Seed % 5 == 0 ? NewDisposeScope() : null;
        return (nn.Module)Invoke("Create");
    }

    private object Invoke(string method) =>
        entry.GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null)!;

    private Tensor Output(nn.Module model, ScalarType? type = null)
    {
        var inputs = ((Tensor[])Invoke("Inputs"))
            .Select(tensor => type is { } to && tensor.is_floating_point() ? tensor.to(to) : tensor)
            .ToArray();
        return model switch
        {
            nn.Module<Tensor, Tensor> one => one.call(inputs[0]),
            nn.Module<Tensor, Tensor, Tensor> two => two.call(inputs[0], inputs[1]),
            _ => throw new NotSupportedException($"{model.GetType().BaseType}"),
        };
    }

    private string? Forward(nn.Module model, ScalarType? type = null)
    {
        ShapeProbe.Begin();
        using var output = Output(model, type);
        if (ShapeProbe.Mismatches.Count > 0)
            return ShapeProbe.Mismatches[0];
        return output.shape.SequenceEqual(net.Output.Select(size => (long)size))
            ? null
            : $"expected [{string.Join(", ", net.Output)}], found [{string.Join(", ", output.shape)}]";
    }

    private string? Gradients(nn.Module model)
    {
        using var output = Output(model);
        if (!output.requires_grad)
            return model.parameters().Any() ? "the output needs no gradient" : null;
        output.sum().backward();
        var missing = model.named_parameters()
            .FirstOrDefault(entry => entry.parameter.requires_grad && entry.parameter.grad is null);
        return missing.name is null ? null : $"{missing.name} has no gradient";
    }

    /// <summary>The shapes in the description of layers and stages, which <c>Summary</c> and <c>Features</c> stand on.</summary>
    private string? Described(nn.Module model)
    {
        var (shapes, hooks) = (new Dictionary<string, long[]>(), new List<Action>());
        foreach (var (name, module) in model.named_modules())
        {
            if (module is nn.Module<Tensor, Tensor> layer)
                hooks.Add(layer.register_forward_hook((_, _, result) =>
                {
                    shapes[name] = result.shape;
                    return result;
                }).remove);
        }
        using (Output(model))
            hooks.ForEach(remove => remove());
        var rows = (IReadOnlyList<(string Stage, string Name, string Text, long[] Shape)>)
            model.GetType().GetMethod(Instrumentation.Rows)!.Invoke(model, null)!;
        foreach (var row in rows)
        {
            if (shapes.TryGetValue(row.Name, out var found) && !Fits(row.Shape, found))
                return $"{row.Stage} {row.Name} is described as [{row.Text}], found [{string.Join(", ", found)}]";
        }
        return Features(model, rows) ?? Summarized(model);
    }

    private string? Features(nn.Module model, IReadOnlyList<(string Stage, string Name, string Text, long[] Shape)> rows)
    {
        if (model is not Model<Tensor, Tensor> single)
            return null;
        var features = single.Features(((Tensor[])Invoke("Inputs"))[0]);
        foreach (var (stage, feature) in features)
        {
            var last = rows.Last(row => row.Stage == stage);
            if (!Fits(last.Shape, feature.shape))
                return $"{stage} is described as [{last.Text}], found [{string.Join(", ", feature.shape)}]";
        }
        return null;
    }

    private string? Summarized(nn.Module model)
    {
        if (model is not (nn.Module<Tensor, Tensor> and IModel described))
            return null;
        var input = ((Tensor[])Invoke("Inputs"))[0];
        if (!input.is_floating_point())
            return null;
        var (summary, parameters) = (described.Summary(input.shape), model.parameters().Sum(parameter => parameter.numel()));
        return summary.Parameters == parameters ? null : $"the summary counts {summary.Parameters} parameters of {parameters}";
    }

    private static bool Fits(long[] inferred, long[] found) =>
        inferred.Length == found.Length
        && inferred.Zip(found).All(pair => pair.First == ShapeProbe.Unknown || pair.First == pair.Second);

    private static string? Names(nn.Module model)
    {
        var parameters = model.named_parameters().Select(entry => entry.name).ToList();
        string[] names = [.. parameters, .. model.named_buffers().Select(entry => entry.name)];
        if (names.Distinct().Count() < names.Length)
            return $"names occur twice: {string.Join(", ", names)}";
        var state = model.state_dict();
        var missing = parameters.FirstOrDefault(name => !state.ContainsKey(name));
        return missing is null ? null : $"{missing} is not in the state dict";
    }

    private string? Evaluation(nn.Module model)
    {
        model.eval();
        using var noGradients = no_grad();
        return Forward(model);
    }

    private string? Doubles(nn.Module model)
    {
        model.to(ScalarType.Float64);
        if (Forward(model, ScalarType.Float64) is { } problem)
            return $"in float64: {problem}";
        using var output = Output(model, ScalarType.Float64);
        return output.dtype == ScalarType.Float64 ? null : $"after to(float64) the output is {output.dtype}";
    }
}
