namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>A layer that was drawn.</summary>
/// <param name="Text">The attribute: <c>Conv2d(8, 3)</c>.</param>
/// <param name="Output">What comes out.</param>
internal sealed record NetLayer(string Text, NetFlow Output)
{
    /// <summary>The attribute with another option.</summary>
    public NetLayer With(string option) => this with
    {
        Text = Text.EndsWith(')') ? $"{Text[..^1]}, {option})" : $"{Text}({option})",
    };
}
