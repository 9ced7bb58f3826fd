using System.Reflection;
using ModelDsl.Definition;
using ModelDsl.Generators.Tests.Harness;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Forward;

/// <summary>
/// What is inferred is what TorchSharp does: each body is compiled and run on tensors of random sizes, and its result must have
/// the inferred shape; where it was said to fail, it must.
/// </summary>
public sealed class OracleTests
{
    private const int Samples = 24;

    private static readonly Lazy<Type> Compiled = new(Compile);

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, OracleCases.All.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void A_symbolic_shape_has_the_sizes_of_the_real_one(int index)
    {
        var (x, y, _, isExact) = OracleCases.All[index];
        var (output, findings) = Infer(index, x, y);
        Assert.Empty(findings);
        var shape = Assert.IsType<TensorValue>(output).Shape;
        Assert.NotNull(shape);
        if (isExact)
            Assert.All(shape.Axes, axis => Assert.NotNull(axis.Size));
        var ran = 0;
        for (var sample = 0; sample < Samples; sample++)
        {
            var values = Sample(index * Samples + sample, 1);
            if (Run(index, Sizes(Bodies.Shape(x), values), Sizes(Bodies.Shape(y), values), values) is not { } real)
                continue;
            ran++;
            Assert.Equal(real.Length, shape.Rank);
            for (var axis = 0; axis < real.Length; axis++)
            {
                if (shape[axis] is { } size)
                    Assert.Equal(real[axis], size.Substitute(name => Definition.Size.Constant(values[name]))!.Value);
            }
        }
        Assert.True(ran >= 5, $"{ran} of {Samples} ran: {OracleCases.All[index].Body}");
    }

    /// <summary>
    /// Wrong ranks and sizes too: where TorchSharp runs, nothing may be reported, and what is known must be true.
    /// </summary>
    [Theory]
    [MemberData(nameof(Indices))]
    public void What_runs_is_never_reported(int index)
    {
        var random = new Random(index);
        for (var sample = 0; sample < Samples; sample++)
        {
            var values = Sample(index * Samples + sample, 0);
            long[] x = [.. Disturb(Sizes(Bodies.Shape(OracleCases.All[index].X), values), random)];
            long[] y = [.. Disturb(Sizes(Bodies.Shape(OracleCases.All[index].Y), values), random)];
            var (output, findings) = Infer(index, string.Join(", ", x), string.Join(", ", y), values);
            if (Run(index, x, y, values) is not { } real)
                continue;
            Assert.True(findings.Count == 0, $"{OracleCases.All[index].Body} of [{string.Join(", ", x)}], [{string.Join(", ", y)}]: "
                + string.Join("; ", findings.Select(finding => finding.Message)));
            if (output is not TensorValue { Shape: { } shape })
                continue;
            Assert.Equal(real.Length, shape.Rank);
            for (var axis = 0; axis < real.Length; axis++)
                Assert.True(shape[axis]?.Value is null || shape[axis]!.Value == real[axis], $"{shape}");
        }
    }

    private static ForwardResult Infer(int index, string x, string y, Dictionary<string, long>? values = null)
    {
        var methods = Bodies.Methods(Source(index), new() { ["x"] = x, ["y"] = y });
        var method = methods[0] with { Parameters = methods[0].Parameters.Take(2).ToEquatableArray() };
        var properties = (values ?? []).Where(value => char.IsLower(value.Key[0]))
            .Select(value => new SizePropertyDeclaration(value.Key, $"{value.Value}"));
        var model = values is null
            ? new ForwardModel(new[] { method }.ToEquatableArray(), Bodies.Parameters, Bodies.Scope, new FakeMembers())
            : new(new[] { method }.ToEquatableArray(), default, new SizeScope(default, properties.ToEquatableArray()), new FakeMembers());
        return ForwardFlow.Run(model, 0);
    }

    private static long[]? Run(int index, long[] x, long[] y, Dictionary<string, long> values)
    {
        using var scope = NewDisposeScope();
        try
        {
            object[] arguments = [zeros(x), zeros(y), values["c"], values["k"], values["width"], values["heads"]];
            return ((Tensor)Compiled.Value.GetMethod($"Case{index}")!.Invoke(null, arguments)!).shape;
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    private static Dictionary<string, long> Sample(int seed, int least)
    {
        var random = new Random(seed);
        string[] names = ["N", "T", "S", "C", "H", "W", "L", "c", "k", "heads"];
        var values = names.ToDictionary(name => name, _ => (long)random.Next(1, 5 + least));
        values["width"] = values["heads"] * random.Next(1, 4);
        return values;
    }

    private static long[] Sizes(Shape shape, Dictionary<string, long> values) =>
        [.. shape.Axes.Select(axis => axis.Size!.Substitute(name => Definition.Size.Constant(values[name]))!.Value!.Value)];

    /// <summary>Half of the time another size, an axis more or an axis less.</summary>
    private static IEnumerable<long> Disturb(long[] sizes, Random random) => random.Next(6) switch
    {
        0 when sizes.Length > 1 => sizes.Skip(1),
        1 => sizes.Prepend(random.Next(1, 4)),
        2 when sizes.Length > 0 => sizes.Select((size, axis) => axis == random.Next(sizes.Length) ? random.Next(1, 6) : size),
        _ => sizes,
    };

    private static string Source(int index)
    {
        var body = OracleCases.All[index].Body;
        var text = body.Contains("return", StringComparison.Ordinal) ? $"{{ {body} }}" : $"=> {body};";
        return $"public static Tensor Case{index}(Tensor x, Tensor y, long c, long k, long width, long heads) {text}";
    }

    private static Type Compile()
    {
        var methods = string.Join("\n", Enumerable.Range(0, OracleCases.All.Length).Select(Source)).Replace(".matmul(", ".Product(");
        var source = $$"""
            using System;
            using System.Collections.Generic;
            using TorchSharp;
            using static TorchSharp.torch;
            using static TorchSharp.torch.nn;
            public static class Cases
            {
                /// TorchSharp 0.107 ends the process where the sizes of matmul don't fit.
                public static Tensor Product(this Tensor x, Tensor y)
                {
                    if (x.ndim == 0 || y.ndim == 0 || x.shape[^1] != y.shape[y.ndim == 1 ? 0 : (int)y.ndim - 2])
                        throw new ArgumentException("inner sizes");
                    for (var axis = 3; axis <= Math.Min(x.ndim, y.ndim); axis++)
                    {
                        if (x.shape[^axis] != y.shape[^axis] && x.shape[^axis] != 1 && y.shape[^axis] != 1)
                            throw new ArgumentException("batch");
                    }
                    return x.matmul(y);
                }

                {{methods}}
            }
            """;
        var compilation = ModelCompiler.Compile(ModelCompiler.Parse(source, "Cases.cs"));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return Assembly.Load(stream.ToArray()).GetType("Cases")!;
    }
}
