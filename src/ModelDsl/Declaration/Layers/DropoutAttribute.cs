namespace ModelDsl;

/// <summary>Zeroes elements at random while training and scales the rest by 1 / (1 - p). Any shape.</summary>
public sealed class DropoutAttribute : LayerAttribute
{
    /// <summary>Dropout with a fixed probability.</summary>
    public DropoutAttribute(double probability) => Probability = probability;

    /// <summary>Dropout with a probability that is a parameter of the constructor: <c>[Dropout(nameof(dropout))]</c>.</summary>
    public DropoutAttribute(string probability) => Probability = probability;

    /// <summary>The probability that an element is zeroed, from 0 to 1.</summary>
    public object Probability { get; }
}
