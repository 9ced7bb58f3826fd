using ModelDsl.Definition;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>What can never reach into the compiler, whatever is declared: the types of all fields of all records.</summary>
public sealed class RecordTypeTests
{
    [Fact]
    public void Steps_give_these_records()
    {
        var run = WholeLanguage.Run();
        string[] steps = [StepNames.Read, StepNames.Contracts, StepNames.Link, StepNames.Infer, StepNames.Print];
        Assert.Equal(
            RecordTypes.OfSteps,
            steps.Select(step => run.Outputs(step).Select(output => output.Value.GetType()).Distinct().Single()));
    }

    [Fact]
    public void Every_field_compares_by_value_and_holds_nothing_of_the_compiler() =>
        Assert.Empty(new RecordTypes(RecordTypes.OfSteps).Faults);

    [Fact]
    public void The_walk_goes_through_arrays_bases_and_derived_records()
    {
        var records = new RecordTypes(RecordTypes.OfSteps).Records;
        Type[] inside = [typeof(Definition.Size), typeof(QuotientFactor), typeof(FlagCondition), typeof(PathStep)];
        Assert.Empty(inside.Except(records));
    }

    [Theory]
    [InlineData(typeof(HasSymbol))]
    [InlineData(typeof(HasDelegate))]
    [InlineData(typeof(HasObject))]
    [InlineData(typeof(HasArray))]
    public void The_walk_refuses(Type type) => Assert.Single(new RecordTypes(type).Faults);

    private sealed record HasSymbol(Microsoft.CodeAnalysis.ISymbol Symbol);

    private sealed record HasDelegate(Func<string> Delayed);

    private sealed record HasObject(object Any);

    private sealed record HasArray(int[] Items);
}
