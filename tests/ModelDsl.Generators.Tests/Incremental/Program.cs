using System.Globalization;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>
/// Expands the whole language in a process of its own, once under each culture whose name is given, and prints what came of it.
/// </summary>
internal static class Program
{
    public static void Main(string[] cultures)
    {
        foreach (var culture in cultures)
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            Console.WriteLine(Digest.Of(WholeLanguage.Run()));
        }
    }
}
