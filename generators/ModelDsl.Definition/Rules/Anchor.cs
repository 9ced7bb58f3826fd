namespace ModelDsl.Definition;

/// <summary>
/// The place in a declaration that a finding is about, free of locations: an edit elsewhere in the file must not change it.
/// </summary>
/// <param name="Stage">The index of the stage, or -1 for the class.</param>
/// <param name="Layer">The index of the layer in the stage, or -1 for the stage's name.</param>
/// <param name="Argument">The argument of the layer (<c>KernelSize</c>), or <see cref="InputShape"/> or
/// <see cref="OutputShape"/> of the stage.</param>
/// <param name="Start">Where in the argument's value the finding starts.</param>
/// <param name="Length">How many characters of the value it is about; 0 for all of it.</param>
public sealed record Anchor(int Stage = -1, int Layer = -1, string? Argument = null, int Start = 0, int Length = 0)
{
    public const string InputShape = "input shape";

    public const string OutputShape = "output shape";

    /// <summary>A parameter of the stage beside the tensor that flows, in front of its index.</summary>
    public const string Context = "context ";

    /// <summary>A parameter of the primary constructor, in front of its name.</summary>
    public const string ConstructorParameter = "parameter ";

    /// <summary>A member of the author's, by the name behind it.</summary>
    public const string OwnMember = "member ";

    /// <summary>The author's <c>forward</c>.</summary>
    public const string Forward = "forward";

    /// <summary>The <c>Name</c> of the stage's <c>[Stage]</c>.</summary>
    public const string Level = "level";

    /// <summary>The second variant attribute on the class.</summary>
    public const string SecondVariant = "second variant";

    /// <summary>The variant attribute on the class.</summary>
    public const string Variant = "variant";

    /// <summary>The first activation attribute on the class.</summary>
    public const string Activation = "activation";

    /// <summary>The second activation attribute on the class.</summary>
    public const string SecondActivation = "second activation";

    /// <summary>The <c>[TrackGradientNoise]</c> attribute on the class.</summary>
    public const string TrackGradientNoise = "track gradient noise";

    /// <summary>The <c>[Initialization]</c> on the class or stage, in front of its argument.</summary>
    public const string Initialization = "initialization ";

    public static readonly Anchor Class = new();

    /// <summary>The index of the parameter or buffer among those of the model, or -1.</summary>
    public int Tensor { get; init; } = -1;

    /// <summary>Which element of an argument that takes several.</summary>
    public int Element { get; init; }

    /// <summary>
    /// The hand-written method by its place among those of the class (<see cref="ForwardMethodReader"/>), or -1.
    /// </summary>
    public int Method { get; init; } = -1;

    /// <summary>The call, operator or return in that method (<see cref="ForwardNodes"/>), or -1 for its name.</summary>
    public int Call { get; init; } = -1;

    /// <summary>The parameter of that method whose <see cref="InputShape"/> is meant.</summary>
    public int Parameter { get; init; }
}
