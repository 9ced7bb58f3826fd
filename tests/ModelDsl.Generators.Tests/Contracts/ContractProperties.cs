using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ModelDsl.Definition;
using ModelDsl.Generators.Tests.Harness;
using ModelDsl.Generators.Tests.Sizes;

namespace ModelDsl.Generators.Tests.Contracts;

/// <summary>Reading what was written of random contracts.</summary>
[Properties(Arbitrary = [typeof(ContractProperties)], MaxTest = 300)]
public sealed class ContractProperties
{
    private static readonly EquatableArray<ParameterDeclaration> Parameters =
        ((string Name, ParameterKind Kind)[])
        [
            ("a", ParameterKind.Integer), ("b", ParameterKind.Integer), ("c", ParameterKind.Integer), ("d", ParameterKind.Integer),
            ("class", ParameterKind.Integer), ("wide", ParameterKind.Boolean), ("depths", ParameterKind.IntegerArray),
            ("norm", ParameterKind.Normalization),
        ]
        is var all ? all.Select(parameter => new ParameterDeclaration(parameter.Name, parameter.Kind, false, null)).ToEquatableArray() : default;

    [Property]
    public void A_contract_reads_back_as_it_was(ModelContract contract) => Promises.ShouldReadBack(contract);

    [Property(MaxTest = 2000)]
    public void A_size_reads_back_as_it_was(Definition.Size size)
    {
        var contract = new ModelContract("", "", Parameters, null, Shape.Of(size), default);
        var read = ModelContractReader.Read(ModelContractText.Write(contract), "", "", Parameters, default)!;
        Assert.True(size.Equals(read.Output![0]), $"{size} was read as {read.Output}");
    }

    [Property(MaxTest = 2000)]
    public void A_condition_reads_back_as_it_was(Condition condition)
    {
        var step = new PathStep(PathStepKind.Optional, null, Identity: condition);
        var contract = new ModelContract("", "", Parameters, null, null, new[] { step }.ToEquatableArray());
        var text = ModelContractText.Write(contract);
        var read = ModelContractReader.Read(text, "", "", Parameters, default)!;
        Assert.True(condition.Equals(read.Path[0].Identity), $"{condition} was read as {read.Path[0].Identity}\n{text}");
    }

    /// <summary>For FsCheck, which finds it by its type.</summary>
    public static Arbitrary<Condition> Conditions() => OfConditions(OfSizes()).Where(condition => condition is not null).ToArbitrary()!;

    /// <summary>For FsCheck, which finds it by its type.</summary>
    public static Arbitrary<Definition.Size> Sizes() => OfSizes().Where(size => size is not null).ToArbitrary()!;

    /// <summary>For FsCheck, which finds it by its type.</summary>
    public static Arbitrary<ModelContract> Contracts()
    {
        var sizes = OfSizes();
        var shapes = sizes.ArrayOf(3).Select(axes => Shape.Of(axes));
        var contracts =
            from input in shapes
            from output in shapes
            from axis in Gen.Choose(0, 2)
            from path in OfSteps(sizes, 2)
            from isWritten in Gen.Elements(true, false)
            select new ModelContract("Samples.Net", "Net", Parameters, input, output, path)
            {
                InputAxis = axis,
                OutputAxis = isWritten ? null : axis,
                MayReturnInput = isWritten,
            };
        return contracts.ToArbitrary();
    }

    /// <summary>In the normal form, in which everything is that was inferred; free axes and the index among the names.</summary>
    private static Gen<Definition.Size?> OfSizes()
    {
        var written = Expression.Arbitrary().Generator
            .Select(expression => SizeParser.Parse($"{expression}", Scopes.Plain, out _)?.Value);
        var renamed =
            from size in written
            from name in Gen.Elements("a", "H", "T_1", "@class", "index")
            select size?.Substitute(symbol => Definition.Size.Symbol(symbol == "b" ? name : symbol));
        // A quotient by zero is no size that anyone may write, nor is one as long as a page.
        renamed = renamed.Where(size => $"{size}" is { Length: < 100 } text
            && !text.Contains("/ 0", StringComparison.Ordinal) && !text.Contains("% 0", StringComparison.Ordinal));
        var element = from size in renamed
                      where size is not null
                      select Definition.Size.Of(new ElementFactor("depths", size)) + Definition.Size.One;
        return Gen.Frequency((6, renamed), (1, element), (1, Gen.Constant<Definition.Size?>(null)));
    }

    private static Gen<Condition?> OfConditions(Gen<Definition.Size?> sizes)
    {
        var known = sizes.Where(size => size is not null);
        var comparison = from left in known
                         from operation in Gen.Elements("==", "!=", "<", ">", "<=", ">=")
                         from right in known
                         select (Condition)new ComparisonCondition(operation, left, right);
        var simple = Gen.OneOf(comparison, comparison.Select(inner => (Condition)new NegatedCondition(inner)), Gen.Constant((Condition)new FlagCondition("wide")));
        var both = from left in simple
                   from operation in Gen.Elements("&&", "||")
                   from right in simple
                   select (Condition)new LogicalCondition(operation, left, right);
        var nested = from left in both from right in both select (Condition)new LogicalCondition("&&", left, new NegatedCondition(right));
        return Gen.OneOf(simple, both, nested, Gen.Constant<Condition>(null!))!;
    }

    private static Gen<NormalizationChoice?> OfChoices() =>
        from kind in Gen.Elements(Enum.GetValues<NormalizationKind>())
        from groups in Gen.Elements(0, 0, 4, 32)
        from perGroup in Gen.Elements(0, 0, 8)
        from isTracked in Gen.Elements(true, false)
        from parameter in Gen.Elements(null, "norm", "@class")
        from isThere in Gen.Elements(true, true, false)
        from epsilon in Gen.Elements(0, 1e-3, 1.5e-12)
        from over in Gen.Elements(Enum.GetValues<Definition.LayerNormOver>())
        select !isThere ? null : kind == NormalizationKind.Custom
            ? new NormalizationChoice(kind, 0, 0, isTracked, parameter, null) { Module = "global::Samples.Own<int, long>" }
            : new NormalizationChoice(kind, groups, perGroup, isTracked, parameter, null)
                { Epsilon = epsilon, Momentum = epsilon * 2, Gain = epsilon * 3, Over = over, Axes = groups };

    private static Gen<EquatableArray<PathStep>> OfSteps(Gen<Definition.Size?> sizes, int depth)
    {
        var inner = depth == 0 ? Gen.Constant(default(EquatableArray<PathStep>)) : OfSteps(sizes, depth - 1);
        var step =
            from kind in Gen.Elements(Enum.GetValues<PathStepKind>())
            from facts in sizes.ArrayOf(5)
            from choice in OfChoices()
            from hasProjection in Gen.Elements(true, false)
            from identity in OfConditions(sizes)
            from steps in inner
            select new PathStep(
                kind, null, facts[0], choice, hasProjection, identity, steps, facts[1], facts[2], facts[3], facts[4]);
        return Gen.Choose(0, 3).SelectMany(count => step.ArrayOf(count)).Select(steps => steps.ToEquatableArray());
    }
}
