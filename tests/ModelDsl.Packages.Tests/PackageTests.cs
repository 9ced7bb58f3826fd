namespace ModelDsl.Packages.Tests;

/// <summary>Tests that share the packed packages; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PackageTests : ICollectionFixture<PackedPackages>
{
    public const string Name = "Packages";
}
