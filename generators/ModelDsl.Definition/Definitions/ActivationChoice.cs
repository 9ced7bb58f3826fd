using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>What a slot for an activation takes.</summary>
/// <param name="Activation">The activation; for an open slot the one that applies unless the caller chooses.</param>
/// <param name="Options">Its numbers, in order.</param>
/// <param name="HasFlag">Whether its flag is set.</param>
/// <param name="Parameter">The constructor parameter that decides at run time, for an open slot.</param>
/// <param name="Reason">Where the choice was made, for comments; null for the language's default.</param>
public sealed record ActivationChoice(
    Nonlinearity Activation, EquatableArray<RealExpression> Options, bool HasFlag, string? Parameter, string? Reason)
{
    public bool IsOpen => Parameter is not null;

    /// <summary>Whether all numbers are known now, so that a function in the body can name them.</summary>
    public bool IsLiteral => Options.All(option => option.Value is not null);

    /// <summary>Whether an in-place form exists that also has a backward pass for these numbers.</summary>
    public bool CanChangeInPlace =>
        Activation.InPlace is not null
        && Activation.Options.Zip(Options, static (option, value) => option.Least is null || value.Value >= option.Least)
            .All(static isFit => isFit);

    /// <summary>The choice as C# builds it at run time.</summary>
    public string Code => !IsOpen ? Value : Reason is null ? Parameter! : $"{Parameter}.Or({Value})";

    /// <summary>What applies and why, for the hover text of a stage.</summary>
    public string Explanation
    {
        get
        {
            var because = Reason is null ? $"{Activation.Attribute}, the default" : $"{Activation.Attribute}, from {Reason}";
            return IsOpen ? $"what the caller passes as {Parameter}, else {because}" : because;
        }
    }

    private string Value
    {
        get
        {
            var arguments = Options.Select(option => option.Code);
            if (HasFlag)
                arguments = arguments.Append($"{char.ToLowerInvariant(Activation.Flag![0])}{Activation.Flag.Substring(1)}: true");
            return $"global::ModelDsl.Activation.{Activation.Attribute}({string.Join(", ", arguments)})";
        }
    }

    /// <summary>An expression with the numbers in it and <c>{0}</c> left for the tensor.</summary>
    public string Apply(string expression) =>
        string.Format(CultureInfo.InvariantCulture, expression, ["{0}", .. Options.Select(option => option.Code)]);
}
