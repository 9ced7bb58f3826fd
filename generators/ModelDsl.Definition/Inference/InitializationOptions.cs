using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>Which options a way to fill tensors takes.</summary>
internal static class InitializationOptions
{
    /// <summary>The activations for which PyTorch's <c>calculate_gain</c> has a gain.</summary>
    public static readonly ImmutableArray<string> Activations = ["Inherit", "ReLU", "LeakyReLU", "Sigmoid", "Tanh", "SELU"];

    /// <summary>How biases may be filled.</summary>
    public static readonly ImmutableArray<string> Biases = ["Default", "Zeros", "Ones", "Constant", "Normal"];

    private const string Activation = "Activation";

    /// <summary>The options of a scheme; the first of those that exclude each other counts.</summary>
    public static ImmutableArray<string> Of(string scheme) => scheme switch
    {
        "Constant" => ["Value"],
        "Normal" => ["Value", "Deviation"],
        "TruncatedNormal" => ["Value", "Deviation", "Low", "High"],
        "Uniform" => ["Low", "High"],
        "XavierUniform" or "XavierNormal" or "Orthogonal" => ["Gain", Activation, "Slope"],
        "KaimingUniform" or "KaimingNormal" => ["Fan", "Gain", Activation, "Slope"],
        _ => [],
    };

    /// <summary>The bounds of a scheme where none are written; null where it has none.</summary>
    public static (double Low, double High)? Bounds(string scheme) => scheme switch
    {
        "TruncatedNormal" => (-2, 2),
        "Uniform" => (0, 1),
        _ => null,
    };

    /// <summary>Whether a scheme draws from the fans of a weight, or otherwise needs two axes.</summary>
    public static bool NeedsTwoAxes(string scheme) => Of(scheme).Contains("Gain");

    /// <summary>Why an option does nothing beside the others; null where it does something.</summary>
    /// <param name="scheme">The way to fill, as <c>Init</c> names it.</param>
    /// <param name="option">The option.</param>
    /// <param name="declared">All that is written.</param>
    public static string? Idle(string scheme, string option, LayerDeclaration declared) => option switch
    {
        "Bias" or "Scheme" or "Initialization" => null,
        "BiasValue" => IsBias(declared, "Constant", "Normal") ? null : "it is for Bias = Init.Constant and Init.Normal",
        "BiasDeviation" => IsBias(declared, "Normal") ? null : "it is for Bias = Init.Normal",
        _ when !Of(scheme).Contains(option) => Of(scheme).IsEmpty ? "it takes none" : $"it takes {string.Join(", ", Of(scheme))}",
        Activation or "Slope" when declared["Gain"] is not null => "Gain says it",
        "Slope" when !IsLeaky(scheme, declared) => "it is for Activation = ActivationVariant.LeakyReLU",
        _ => null,
    };

    private static bool IsLeaky(string scheme, LayerDeclaration declared) => declared[Activation]?.Word is { } activation
        ? activation is "ActivationVariant.LeakyReLU"
        : Of(scheme).Contains("Fan");

    private static bool IsBias(LayerDeclaration declared, params string[] schemes) =>
        schemes.Any(scheme => declared["Bias"]?.Word == $"Init.{scheme}");
}
