namespace ModelDsl.Generators.Tests.Normalizations;

/// <summary>What a variant does to the layers around its slot: a column of the table of variants and positions.</summary>
public enum Column
{
    /// <summary>It stands at its slot.</summary>
    Plain,

    /// <summary>It stands at its slot and makes a TLU of a ReLU.</summary>
    FilterResponse,

    /// <summary>It takes the place of the activation.</summary>
    EvoNorm,

    /// <summary>It changes a weight, or nothing.</summary>
    Standardised,

    /// <summary>It changes a weight and makes a scaled ReLU of a ReLU.</summary>
    Weight,
}
