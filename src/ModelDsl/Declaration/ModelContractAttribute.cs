using System.ComponentModel;

namespace ModelDsl;

/// <summary>
/// What a model promises to models of other assemblies that nest it, which can't see its stages: the shapes that it takes and
/// returns, where their channels stand, and its layers as a signal passes them. The generator writes it on every model; it is not
/// meant to be written by hand.
/// </summary>
/// <remarks>
/// The first line of the text is the version of its form. A version that a compiler doesn't know, or a text that it can't read,
/// counts as no contract: the model is then nested like a hand-written module, by the <c>[Shape]</c> of its <c>forward</c>.
/// </remarks>
/// <param name="contract">The contract, a promise a line; sizes are C# over the parameters of the model's constructor.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelContractAttribute(string contract) : Attribute
{
    /// <summary>The contract, a promise a line.</summary>
    public string Contract { get; } = contract;
}
