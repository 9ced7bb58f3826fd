using System.IO.Compression;
using System.Xml.Linq;

namespace ModelDsl.Packages.Tests;

/// <summary>What a package holds.</summary>
internal sealed class PackageFile(string path) : IDisposable
{
    private readonly ZipArchive _archive = ZipFile.OpenRead(path);

    /// <summary>The files in it, in order, without those that every package has.</summary>
    public string[] Entries =>
    [
        .. _archive.Entries.Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal)
                && !name.StartsWith("package/", StringComparison.Ordinal)
                && name != "[Content_Types].xml")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The description of the package.</summary>
    public XElement Metadata
    {
        get
        {
            var name = Entries.Single(entry => entry.EndsWith(".nuspec", StringComparison.Ordinal));
            return XDocument.Parse(Text(name)).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        }
    }

    /// <summary>The packages that it needs: id, and what of them doesn't reach its users.</summary>
    public (string Id, string? Version, string? Excluded)[] Dependencies =>
    [
        .. from element in Metadata.Descendants()
           where element.Name.LocalName == "dependency"
           select (
               (string)element.Attribute("id")!,
               (string?)element.Attribute("version"),
               (string?)element.Attribute("exclude")),
    ];

    /// <summary>A value of the description; null where it is not given.</summary>
    public string? Value(string name) => Metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

    /// <summary>The text of a file in it.</summary>
    public string Text(string name)
    {
        // A reader drops the byte order mark.
        using var reader = new StreamReader(_archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>The bytes of a file in it.</summary>
    public byte[] Bytes(string name)
    {
        using var stream = _archive.GetEntry(name)!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    public void Dispose() => _archive.Dispose();
}
