namespace ModelDsl.Definition;

/// <summary>
/// One class as its author wrote it: its own syntax and symbol, nothing of what it names and nothing generated.
/// </summary>
/// <param name="MetadataName">The full metadata name.</param>
/// <param name="Namespace">The namespace, empty for the global one.</param>
/// <param name="Name">The class's name.</param>
/// <param name="Heads">The heads of the containing types, outermost first, then of the class:
/// <c>partial class ResNet</c>.</param>
/// <param name="IsPartial">Whether the class and all that contain it are partial.</param>
/// <param name="HasBase">Whether the author gave it a base class.</param>
/// <param name="HasForward">Whether the author wrote <c>forward</c> as an ordinary method.</param>
/// <param name="HasSummary">Whether the author documented the class.</param>
/// <param name="Parameters">Those of the primary constructor.</param>
/// <param name="SizeProperties">Properties that size expressions may name.</param>
/// <param name="MemberNames">Names that generated members must avoid.</param>
/// <param name="Stages">In order of declaration; of several files that with <c>[Model]</c> first, the others by path.</param>
/// <param name="Variant">The variant on the class, where it is the only one.</param>
/// <param name="AssemblyVariant">The variant on the assembly, where it is the only one.</param>
/// <param name="TracksGradientNoise">Whether the class says <c>[TrackGradientNoise]</c>.</param>
public sealed record ModelDeclaration(
    string MetadataName,
    string Namespace,
    string Name,
    EquatableArray<string> Heads,
    bool IsPartial,
    bool HasBase,
    bool HasForward,
    bool HasSummary,
    EquatableArray<ParameterDeclaration> Parameters,
    EquatableArray<SizePropertyDeclaration> SizeProperties,
    EquatableArray<string> MemberNames,
    EquatableArray<StageDeclaration> Stages,
    LayerDeclaration? Variant,
    LayerDeclaration? AssemblyVariant,
    bool TracksGradientNoise)
{
    /// <summary>
    /// Whether the class, or one that contains it, is visible in its own file only, where no generated part can stand.
    /// </summary>
    public bool IsFileLocal { get; init; }

    /// <summary>Whether the class is static, so that nothing can derive it from a module.</summary>
    public bool IsStatic { get; init; }

    /// <summary>Names of generated members that the class, or a member of its author's, has.</summary>
    public EquatableArray<string> TakenNames { get; init; }

    /// <summary>Whether the generated part can derive from a module: nothing else stands where its <c>forward</c> must.</summary>
    public bool CanDerive => !HasBase && !TakenNames.Any(name => name == "forward" || name == Name);

    /// <summary>How many variants stand on the class: of several none can be meant.</summary>
    public int VariantCount { get; init; }

    /// <summary>How many variants stand on the assembly.</summary>
    public int AssemblyVariantCount { get; init; }

    /// <summary>How many activations stand on the class.</summary>
    public int ActivationCount { get; init; }

    /// <summary>How many activations stand on the assembly.</summary>
    public int AssemblyActivationCount { get; init; }

    /// <summary>The <c>[Initialization]</c> on the class.</summary>
    public LayerDeclaration? Initialization { get; init; }

    /// <summary>The <c>[Initialization]</c> on the assembly.</summary>
    public LayerDeclaration? AssemblyInitialization { get; init; }

    /// <summary>The <c>forward</c> of the author.</summary>
    public SignatureDeclaration? Forward { get; init; }

    /// <summary>The bodies of the author's methods, where one of them is <c>forward</c>.</summary>
    public EquatableArray<ForwardMethod> ForwardMethods { get; init; }

    /// <summary>The author's methods of a tensor, beside <c>forward</c>.</summary>
    public EquatableArray<MethodDeclaration> Methods { get; init; }

    /// <summary>The author's static methods that take sizes and return a tensor.</summary>
    public EquatableArray<string> StaticInitializers { get; init; }

    /// <summary>The parameters and buffers that the model owns itself, in order of declaration.</summary>
    public EquatableArray<TensorDeclaration> Tensors { get; init; }

    /// <summary>What the author made it: <c>class</c>, <c>record struct</c>.</summary>
    public string Kind { get; init; } = "class";

    /// <summary>
    /// The name of its generated file, without ending; wrong code may have a class and a record of one name.
    /// </summary>
    public string FileName => MetadataNames.ToFileName(MetadataName) + (Kind == "class" ? "" : $".{Kind.Replace(' ', '-')}");

    /// <summary>
    /// The stages that run one after the other where the author wrote no <c>forward</c>: all but those that branches and calls
    /// name. One that names itself stays, so that what is wrong with it is said in its place.
    /// </summary>
    public IEnumerable<int> Chain
    {
        get
        {
            var called = new HashSet<string>(Stages.SelectMany(stage => stage.Called.Where(name => name != stage.Name)));
            return Enumerable.Range(0, Stages.Count)
                .Where(index => Stages[index].Property is null && !called.Contains(Stages[index].Name));
        }
    }

    /// <summary>The activation attribute on the class, where it is the only one.</summary>
    public LayerDeclaration? Activation { get; init; }

    /// <summary>The activation attribute on the assembly, where it is the only one.</summary>
    public LayerDeclaration? AssemblyActivation { get; init; }

    /// <summary>The parameter through which callers choose the activation.</summary>
    public ParameterDeclaration? ActivationParameter =>
        Parameters.FirstOrDefault(parameter => parameter.Kind == ParameterKind.Activation);

    /// <summary>The parameter through which callers choose the normalization.</summary>
    public ParameterDeclaration? NormalizationParameter =>
        Parameters.FirstOrDefault(parameter => parameter.Kind == ParameterKind.Normalization);
}
