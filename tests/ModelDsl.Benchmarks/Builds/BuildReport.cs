using ModelDsl.Benchmarks.Generators;

namespace ModelDsl.Benchmarks.Builds;

/// <summary>
/// What a declared model adds to the time of <c>dotnet build</c>: projects of one and of many models, declared and written
/// by hand, built in turn.
/// </summary>
internal static class BuildReport
{
    public static int Run(int models, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("modeldsl-builds-").FullName;
        try
        {
            var projects = Projects(folder, models);
            foreach (var isAnew in new[] { true, false })
            {
                Console.WriteLine($"dotnet build after a change of one file, compiler {(isAnew ? "started anew" : "running")}, "
                    + $"median of {rounds}");
                Print(models, Measure(projects, rounds, isAnew));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    /// <summary>Median seconds of each project; the first builds, which read from disk or start the compiler, don't count.</summary>
    private static Dictionary<(bool IsDeclared, int Models), double> Measure(
        Dictionary<(bool IsDeclared, int Models), BuildProject> projects, int rounds, bool isAnew)
    {
        var seconds = projects.ToDictionary(project => project.Key, project => new List<double>());
        foreach (var project in projects.Values)
            project.Build(isAnew);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (kind, project) in round % 2 == 0 ? projects : projects.Reverse())
                seconds[kind].Add(project.Build(isAnew));
        }
        return seconds.ToDictionary(kind => kind.Key, kind => Median(kind.Value));
    }

    private static Dictionary<(bool IsDeclared, int Models), BuildProject> Projects(string folder, int models) => new()
    {
        [(true, 1)] = new(folder, "Declared1", Declared(1), isDeclared: true),
        [(false, 1)] = new(folder, "HandWritten1", HandWritten(1), isDeclared: false),
        [(true, models)] = new(folder, "DeclaredMany", Declared(models), isDeclared: true),
        [(false, models)] = new(folder, "HandWrittenMany", HandWritten(models), isDeclared: false),
    };

    private static IEnumerable<string> Declared(int models) => Enumerable.Range(0, models).Select(number => ModelSources.Model(number));

    private static IEnumerable<string> HandWritten(int models) => Enumerable.Range(0, models).Select(HandWrittenSources.Model);

    private static void Print(int models, Dictionary<(bool IsDeclared, int Models), double> seconds)
    {
        Console.WriteLine();
        Console.WriteLine($"| models | 1 | {models} | for each further model |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var (name, isDeclared) in new[] { ("written by hand", false), ("declared", true) })
        {
            var (one, many) = (seconds[(isDeclared, 1)], seconds[(isDeclared, models)]);
            Console.WriteLine(FormattableString.Invariant($"| {name} | {one:F2} s | {many:F2} s | {1000 * (many - one) / (models - 1):F1} ms |"));
        }
        Console.WriteLine();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
