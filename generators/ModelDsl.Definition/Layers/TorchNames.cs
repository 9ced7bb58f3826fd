using System.Text.RegularExpressions;

namespace ModelDsl.Definition;
/// <summary>TorchSharp's names as generated code writes them.</summary>
public static class TorchNames
{
    public const string Tensor = "global::TorchSharp.torch.Tensor";

    public const string Torch = "global::TorchSharp.torch";

    public const string Parameter = "global::TorchSharp.Modules.Parameter";

    public const string Functions = "global::TorchSharp.torch.nn";

    public const string Modules = "global::TorchSharp.Modules";

    /// <summary>Any layer of one tensor.</summary>
    public const string AnyLayer = $"{Functions}.Module<{Tensor}, {Tensor}>";

    private static readonly Regex Qualifiers = new(@"(?:@?\w+(?:\.|::))+");

    /// <summary>A type as messages call it: without namespaces and the types that it is nested in.</summary>
    internal static string ShortName(string type) => Qualifiers.Replace(type, "");
}
