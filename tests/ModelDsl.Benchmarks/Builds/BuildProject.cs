using System.Diagnostics;
using ModelDsl.Benchmarks.Generators;
using ModelDsl.Analyzers;
using ModelDsl.Generators;
using ModelDsl.Definition;
using TorchSharp;

namespace ModelDsl.Benchmarks.Builds;

/// <summary>A project on disk that <c>dotnet build</c> builds; it references the libraries beside this program.</summary>
internal sealed class BuildProject
{
    private readonly string _folder;

    /// <summary>Writes and restores the project.</summary>
    /// <param name="parent">The folder to write it to.</param>
    /// <param name="name">Its name.</param>
    /// <param name="sources">Its source files.</param>
    /// <param name="isDeclared">Whether the compiler runs the generator and the analyzers.</param>
    public BuildProject(string parent, string name, IEnumerable<string> sources, bool isDeclared)
    {
        _folder = Directory.CreateDirectory(Path.Combine(parent, name)).FullName;
        File.WriteAllText(Path.Combine(_folder, $"{name}.csproj"), Project(isDeclared));
        foreach (var (number, source) in sources.Index())
            File.WriteAllText(SourceFile(number), source);
        Run("restore");
    }

    /// <summary>Seconds of a build after a change of one file.</summary>
    /// <param name="isAnew">Whether the compiler starts anew; else by the one that runs since the first build.</param>
    public double Build(bool isAnew)
    {
        File.SetLastWriteTimeUtc(SourceFile(0), DateTime.UtcNow);
        var start = Stopwatch.GetTimestamp();
        Run("build", "--no-restore", $"-p:UseSharedCompilation={(isAnew ? "false" : "true")}");
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private string SourceFile(int number) => Path.Combine(_folder, $"Model{number}.cs");

    private void Run(string command, params string[] options)
    {
        string[] arguments = [command, "--nologo", "-nodeReuse:false", "-clp:ErrorsOnly", .. options];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"dotnet {command} failed: {output}");
    }

    private static string Project(bool isDeclared) => $"""
        <Project Sdk="Microsoft.NET.Sdk">

          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>

          <ItemGroup>
            {Reference(typeof(torch))}
            {Reference(typeof(ModelAttribute))}
            {(isDeclared ? string.Concat(new[] { typeof(DeclarationReader), typeof(ModelGenerator), typeof(ModelAnalyzer) }.Select(Analyzer)) : "")}
          </ItemGroup>

        </Project>
        """;

    private static string Reference(Type type) =>
        $"""<Reference Include="{type.Assembly.GetName().Name}" HintPath="{type.Assembly.Location}" Private="false" />""";

    private static string Analyzer(Type type) => $"""<Analyzer Include="{type.Assembly.Location}" />""";
}
