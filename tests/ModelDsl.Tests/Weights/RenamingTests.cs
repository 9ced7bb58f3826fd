namespace ModelDsl.Tests.Weights;

public sealed class RenamingTests
{
    [Fact]
    public void Rules_are_applied_in_their_order()
    {
        using var model = new SmallNet();
        var renaming = WeightRenaming.None
            .AddPrefix("a.").Replace(@"^a\.(\w+)\.w", "$1.W").RemovePrefix("a.").Rename("linear.Weight", "linear.weight");
        var report = ModelWeights.Load(model, Fixture.Path("small.pth"), renaming);
        model.AssertLoaded();
        Assert.Equal(["linear.weight", "linear.bias"], report.Loaded.Select(weight => weight.Source));
        Assert.Equal(
            """
            2 loaded
            rule AddPrefix("a."): 2 names, linear.weight -> a.linear.weight
            rule Replace("^a\.(\w+)\.w", "$1.W"): 1 names, a.linear.weight -> linear.Weight
            rule RemovePrefix("a."): 1 names, a.linear.bias -> linear.bias
            rule Rename("linear.Weight", "linear.weight"): 1 names, linear.Weight -> linear.weight
            """,
            report.ToString()[$"{report.Path}: ".Length..]);
    }

    [Fact]
    public void Rules_that_did_nothing_are_named()
    {
        using var model = new SmallNet();
        var renaming = WeightRenaming.None.RemovePrefix("module.").Rename("linear", "x").Replace("^weight", "x").Ignore("Linear");
        var report = ModelWeights.Load(model, Fixture.Path("small.pth"), renaming);
        Assert.All(report.Rules, rule => Assert.Empty(rule.Names));
        Assert.Contains("rule Replace(\"^weight\", \"x\"): unused", report.ToString());
        Assert.Contains("rule Ignore(\"Linear\"): unused", report.ToString());
    }

    [Fact]
    public void Two_names_may_not_become_one()
    {
        using var model = new SmallNet();
        var renaming = WeightRenaming.None.Rename("linear.bias", "linear.weight");
        foreach (var strict in new[] { true, false })
        {
            var error = Assert.Throws<WeightMismatchException>(
                () => ModelWeights.Load(model, Fixture.Path("small.pth"), renaming, strict: strict));
            Assert.Contains("1 ambiguous: linear.weight (from linear.weight, linear.bias)", error.Message);
            Assert.Equal(["linear.weight", "linear.bias"], error.Report.Ambiguous.Single().Sources);
            Assert.True(model.IsUntouched);
        }
        // One of the two left out, the other is free.
        ModelWeights.Load(model, Fixture.Path("small.pth"), WeightRenaming.None.Ignore("weight").Rename("x", "y"), strict: false);
    }

    [Fact]
    public void An_expression_that_takes_too_long_is_stopped()
    {
        using var folder = new TemporaryFolder();
        using var one = TorchSharp.torch.ones(1);
        using var model = new SmallNet();
        var path = Safetensors.Write(folder.File("a"), [new(new string('a', 40), one)]);
        var renaming = WeightRenaming.None.Replace("^(a+)+$(?<!a)", "b", TimeSpan.FromMilliseconds(50));
        var error = Assert.Throws<WeightFileException>(() => ModelWeights.Load(model, path, renaming));
        Assert.Contains("took longer than 0.05 s", error.Message);
    }

    [Fact]
    public void Rules_are_checked_when_they_are_made()
    {
        Assert.ThrowsAny<ArgumentException>(() => WeightRenaming.None.Replace("(", "x"));
        Assert.ThrowsAny<ArgumentException>(() => WeightRenaming.None.RemovePrefix(""));
        Assert.ThrowsAny<ArgumentException>(() => WeightRenaming.None.Rename("a", ""));
        Assert.Empty(WeightRenaming.None.Rules);
    }
}
