namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>
/// A change of any property of any record is a change of the record, so that no step takes an old one for the new.
/// </summary>
public sealed class RecordEqualityTests
{
    private static readonly Lazy<ILookup<Type, object>> Records = new(() =>
    {
        var walk = new ObjectWalk(StepOutputs.Of(WholeLanguage.Run()).Select(output => output.Value));
        return walk.Reached.ToLookup(thing => thing.GetType());
    });

    public static TheoryData<string> Types =>
    [
        .. new RecordTypes(RecordTypes.OfSteps).Records.Select(type => type.FullName!).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void Each_field_counts(string name)
    {
        var records = Records.Value.Single(group => group.Key.FullName == name).ToList();
        var record = records[0];
        var mutation = new Mutation(Records.Value);
        Assert.All(RecordTypes.Fields(record.GetType()), field =>
        {
            var other = mutation.With(record, field);
            Assert.False(record.Equals(other), $"{field} is forgotten");
            Assert.False(other.Equals(record), $"{field} is forgotten");
        });
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_copy_is_equal_and_hashes_alike(string name)
    {
        var record = Records.Value.Single(group => group.Key.FullName == name).First();
        var copy = record.GetType().GetMethod("<Clone>$")?.Invoke(record, null) ?? record;
        Assert.Equal(record, copy);
        Assert.Equal(record.GetHashCode(), copy.GetHashCode());
    }
}
