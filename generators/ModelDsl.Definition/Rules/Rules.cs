using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>Every rule of the language.</summary>
public static class Rules
{
    /// <summary>
    /// Not an analyzer's, so not among <see cref="All"/>: the generator reports it where analyzers are switched off.
    /// </summary>
    public static readonly Rule NotAnalyzed = new("MDL000", "A model can't be generated, and analyzers are switched off",
        "'{0}' can't be generated: {1}: {2}; "
            + "more may be wrong, which analyzers would show (RunAnalyzers, RunAnalyzersDuringBuild)");

    public static readonly Rule NotPartial = new("MDL001", "A model must be partial",
        "'{0}' is not partial: the model's other part is generated; write 'partial class {0}'");

    public static readonly Rule NotAClass = new("MDL002", "A model must be a class",
        "'{0}' is a {1}: a model derives from nn.Module, so it must be a class that can be built");

    public static readonly Rule HasBase = new("MDL003", "A model must not have a base class",
        "'{0}' has a base class: the generated part derives from Model<..., Tensor>; remove the base class");

    public static readonly Rule StageNotPartial = new("MDL004", "A stage must be a partial method without a body",
        "'{0}' carries layers but is not a partial method without a body: "
            + "write 'partial Tensor {0}(Tensor x);' or remove the layers");

    public static readonly Rule StageSignature = new("MDL005", "A stage must take a tensor first and return one",
        "'{0}' must be an instance method without type parameters that takes a Tensor first, nothing by reference, "
            + "and returns a Tensor that is never null");

    public static readonly Rule NoStages = new("MDL006", "A model must have a stage",
        "'{0}' has no stage: put layers on a partial method, "
            + "such as '[Linear(10)] private partial Tensor Head([Shape(\"N, 784\")] Tensor x);'");

    public static readonly Rule FileLocal = new("MDL007", "A model must be visible outside its file",
        "'{0}' is file-local: its generated part stands in another file; remove 'file' or make it internal");

    public static readonly Rule StateName = new("MDL008", "A name in the state dict is taken or can't be one",
        "'{0}' can't be the name in the state dict: {1}");

    public static readonly Rule PropertyNotPartial = new("MDL009", "A layer property must be partial and get-only",
        "'{0}' carries a layer but is no partial property with a getter alone: write 'partial {1} {0} {{ get; }}'");

    public static readonly Rule SeveralVariants = new("MDL010", "A class takes one normalization and one activation",
        "'{0}' has more than one {1}: remove all but one");

    public static readonly Rule TooManyInputs = new("MDL011", "A model takes at most six inputs",
        "'{0}' takes {1} inputs ({2}), and nn.Module at most 6: join some of them in a type of their own");

    public static readonly Rule ContextTypesDiffer = new("MDL012", "Contexts of one name must have one type",
        "'{0}' is a {1} here and a {2} in '{3}', but forward takes it once: rename one, or give both one type");

    public static readonly Rule TensorProperty = new("MDL013", "A parameter or buffer must be a partial property of its type",
        "'{0}' carries [{1}] but is no partial property of type {2} with a getter alone: "
            + "write 'partial {2} {0} {{ get; }}'");

    public static readonly Rule PropertyOfSeveralLayers = new("MDL014", "A layer property holds one layer",
        "'{0}' carries more than one layer: put a pipeline on a stage, a partial method");

    public static readonly Rule PropertyType = new("MDL015", "A layer property has another type than its layer",
        "'{0}' has the type {1}, but its layer is a {2}: give it that type");

    public static readonly Rule PropertyWithoutModule = new("MDL016", "A layer property needs a layer that is a module",
        "[{0}] is a function here and no module, so no property can hold it: put it on a stage");

    public static readonly Rule StageBesideForward = new("MDL017", "A stage beside a stage 'forward' must be called",
        "'{0}' never runs, as the stage 'forward' is all that the model runs: name it in a Branch or Call there, "
            + "or give 'forward' another name");

    public static readonly Rule ForwardDoesNotFit = new("MDL018", "A forward must be one that a module can have",
        "'forward' can't be the model's, as {0}: write 'public override {1}forward(Tensor x)', or give it another name");

    public static readonly Rule PropertyOfTwoKinds = new("MDL019", "A property holds one thing",
        "'{0}' carries [{1}] and [{2}]: remove one");

    public static readonly Rule StagesInSeveralFiles = new("MDL020", "Stages that run one after the other stand in one file",
        "'{0}' stands in another file than '{1}', so that nothing says which of them runs first: "
            + "move it there, or write a forward that calls them");

    public static readonly Rule GeneratedName = new("MDL021", "A generated member's name is taken",
        "'{0}' is the name of a member that is generated or that generated code calls: give {1} another name");

    public static readonly Rule ParameterByReference = new("MDL022", "A model's parameter is passed by value",
        "'{0}' of '{1}' is passed by reference: blocks are built in lambdas, which can't read it; pass it by value");

    public static readonly Rule UnboundName = new("MDL101", "A name in a size expression does not bind",
        "'{0}' is neither a constructor parameter of '{1}' nor an expression-bodied property; known names: {2}");

    public static readonly Rule NotASize = new("MDL102", "An argument is not a size expression",
        "'{0}' is {1}: write an integer, nameof(parameter), or C# integer arithmetic over parameters");

    public static readonly Rule SizeNotPositive = new("MDL103", "A size must be positive",
        "{0} of {1} is {2}; it must be at least {3}");

    public static readonly Rule ShapeMissing = new("MDL104", "A stage's input shape is not known",
        "The shape of {0} is not known and {1} needs it: {2}");

    public static readonly Rule ParameterHidesIndex = new("MDL105", "A parameter must not hide the names of a repeat",
        "The parameter '{0}' of '{1}' has the name that a repeat gives to its own numbers: rename it");

    public static readonly Rule TensorShape = new("MDL106",
        "The shape of a parameter or buffer must be known when the model is built",
        "[{0}] of a {1} has an axis without a size: write integers and expressions over the constructor's parameters");

    public static readonly Rule TensorInitializer = new("MDL107", "An initializer must be a static method that takes sizes",
        "'{0}' is no static method that takes long[] and returns a Tensor: "
            + "write 'private static Tensor {0}(long[] sizes)'");

    public static readonly Rule NotACondition = new("MDL108", "A condition must be one over the constructor's parameters",
        "'{0}' is not a condition: write nameof(parameter) of a bool, or a comparison such as \"width != 64\" over parameters");

    public static readonly Rule OptionWithoutEffect = new("MDL109", "An option has no effect here",
        "{0} has no effect on {1}: {2}");

    public static readonly Rule NotAMember = new("MDL110", "A value must be one of its enumeration",
        "'{0}' is none of the values that {1} of {2} takes: {3}");

    public static readonly Rule LayerDoesNotFit = new("MDL201", "A layer does not fit the shape before it",
        "{0} takes {1}, found [{2}]; {3}");

    public static readonly Rule SizeUnknown = new("MDL202", "A layer's input size is not known when the model is built",
        "{0} needs the size of axis {1} of [{2}] when the model is built, but '{3}' is only known when it runs; {4}");

    public static readonly Rule GroupsDoNotDivide = new("MDL203", "Channels do not divide into groups",
        "{0} channels do not divide into {1}; choose a divisor of {0}: {2}");

    public static readonly Rule ShortcutDoesNotFit = new("MDL204", "A shortcut's shapes can't be matched",
        "The stage's input [{0}] can't be added to [{1}]: {2}");

    public static readonly Rule DeclaredShapeDiffers = new("MDL205", "A declared shape differs from the inferred one",
        "Declared [{0}], inferred [{1}]: axis {2} is {3} but should be {4}");

    public static readonly Rule GroupsDoNotDivideAtDefaults = new("MDL206", "Channels do not divide into groups at the defaults",
        "{0} channels do not divide into {1} at the defaults ({3}), so 'new {4}()' throws; "
            + "choose a divisor of {0}: {2}",
        RuleSeverity.Warning);

    public static readonly Rule SizeAtDefaults = new("MDL207", "A size is impossible at the defaults",
        "{0} of {1} is {2} at the defaults ({3}), so 'new {4}()' throws; {5}", RuleSeverity.Warning);

    public static readonly Rule GroupsTwice = new("MDL208", "A number of groups is said once",
        "{2} has Groups = {0} and ChannelsPerGroup = {1}: one follows from the other, so remove one");

    public static readonly Rule NormalizationTwice = new("MDL209", "A normalization follows a normalization",
        "{0} normalizes what {1} has just normalized: remove one of them", RuleSeverity.Warning);

    public static readonly Rule NotANumber = new("MDL223", "An argument is not a number",
        "'{0}' is not a number: write one, nameof(parameter), or C# arithmetic over numbers and parameters");

    public static readonly Rule PatternMalformed = new("MDL221", "A pattern of axes can't be read",
        "{0}");

    public static readonly Rule PatternDoesNotFit = new("MDL222", "A pattern of axes does not fit the shape",
        "{0}");

    public static readonly Rule NoSuchInput = new("MDL224", "A layer's second input is no parameter of the stage",
        "'{0}' is no tensor that '{1}' takes beside the one that flows; those are: {2}");

    public static readonly Rule SizeForEachAxis = new("MDL211", "A list must have a size for each axis",
        "{0} of {1} lists {2} sizes, '{3}'; give one for all, or {4}");

    public static readonly Rule OptionsDoNotGoTogether = new("MDL212", "A layer's options do not go together",
        "{0}");

    public static readonly Rule CannotBroadcast = new("MDL231", "Shapes can't be broadcast together",
        "'{0}' of [{1}] and [{2}]: axis {3} from the end is {4} and {5}, which differ and are not 1; "
            + "give both the same size, or unsqueeze the one that is to be repeated");

    public static readonly Rule ElementsDiffer = new("MDL232", "A view changes the number of elements",
        "'{0}' of [{1}] to [{2}] changes the number of elements from {3} to {4}; "
            + "a view keeps it: check the sizes, or write -1 for the one that follows");

    public static readonly Rule AxisMissing = new("MDL233", "A tensor has no such axis",
        "'{0}' names axis {1} of [{2}], whose axes are {3} to {4}");

    public static readonly Rule OperationDoesNotFit = new("MDL234", "A tensor operation does not fit its tensor",
        "'{0}' takes {1}, found [{2}]; {3}");

    public static readonly Rule CannotJoin = new("MDL235", "Tensors can't be joined",
        "'{0}' of [{1}] and [{2}]: axis {3} is {4} and {5}; {6}");

    public static readonly Rule CannotMultiply = new("MDL236", "The inner sizes of a matrix product differ",
        "'{0}' of [{1}] and [{2}]: axis {3} of the first is {4}, axis {5} of the second {6}; "
            + "transpose one, or make the sizes equal");

    public static readonly Rule CallDoesNotFit = new("MDL237", "A stage is called with a shape that it does not take",
        "'{0}' takes [{1}], found [{2}]: axis {3} is {4} but should be {5}");

    public static readonly Rule ReturnDoesNotFit = new("MDL238", "A hand-written method does not return what it declares",
        "'{0}' declares that it returns [{1}], found [{2}]: axis {3} is {4} but should be {5}");

    public static readonly Rule CyclicBlocks = new("MDL301", "Blocks must not nest themselves",
        "'{0}' nests itself: {1}");

    public static readonly Rule BlockArgument = new("MDL302", "A block's argument is missing or unknown",
        "{0}");

    public static readonly Rule BlockShapeMissing = new("MDL303", "A hand-written block needs shapes",
        "The shapes of '{0}' are not known: {1}");

    public static readonly Rule NormalizationDoesNotFit = new("MDL304", "A normalization does not fit its place",
        "{0} normalizes {1}, found [{2}]; {3}");

    public static readonly Rule BlockIsNoModule = new("MDL305", "A block must be a module of tensors",
        "'{0}' can't be a block: {1}; a block is a module that takes a tensor first and returns one, that can be constructed");

    public static readonly Rule ContextMissing = new("MDL306", "A stage lacks what a block needs",
        "'{0}' needs '{1}', which '{2}' does not take: add it to the stage's parameters");

    public static readonly Rule BranchesDoNotFit = new("MDL307", "Branches can't be joined",
        "[{0}] and [{1}] can't be joined: {2}");

    public static readonly Rule ShortcutSource = new("MDL308", "A shortcut's source is not known",
        "'{0}' is no label before this point of '{1}', nor a tensor that it takes: {2}");

    public static readonly Rule CalleeUnknown = new("MDL309", "A branch or call names no stage or method",
        "{0} of '{1}'; known: {2}");

    public static readonly Rule CalleeShapeMissing = new("MDL310", "A called method needs shapes",
        "The shapes of '{0}' are not known: put [Shape(\"...\")] on the tensor that it takes and [return: Shape(\"...\")] on it");

    public static readonly Rule StageRunsItself = new("MDL311", "A stage must not run itself",
        "'{0}' runs itself{1}: a stage has no condition under which that would end");

    public static readonly Rule TieTarget = new("MDL312", "A tied weight needs a property to share with",
        "'{0}' of '{1}' {2}: write nameof(Property) of a parameter, or of a layer with a weight; known: {3}");

    public static readonly Rule OptionalLayerChangesAxes = new("MDL313", "An optional layer must keep the axes",
        "Without the layer [{0}] flows and with it [{1}]: what follows can't be both");

    public static readonly Rule LabelTwice = new("MDL314", "A label stands twice in a stage",
        "'{0}' already names a point of '{1}': choose another name");

    public static readonly Rule ShortcutKernel = new("MDL315", "A shortcut's kernel must be odd",
        "A kernel of {0} moves positions by half a step: choose an odd one");

    public static readonly Rule TiedShape = new("MDL316", "A tied weight has another shape",
        "'{0}' has a weight of [{1}], and {2} needs one of [{3}]: give both the same sizes");

    public static readonly Rule NormalizationIsNoModule = new("MDL317",
        "A normalization of one's own must be one that a slot can build",
        "'{0}' can't be a normalization, as {1}: a slot builds it with 'new {0}(NormalizationSite)'");

    public static readonly Rule FreeAxisTwice = new("MDL318", "A free axis has two sizes",
        "'{0}' names axis {1}, which is {2}, and axis {3}, which is {4}: give them different names");

    public static readonly Rule NothingToTrack = new("MDL319", "There is no normalization whose gradient noise could be measured",
        "[TrackGradientNoise] measures Group-, Layer-, Instance-, RMS- and FilterResponseNorm, "
            + "and '{0}' has none of them: remove it",
        RuleSeverity.Warning);

    public static readonly Rule FactorOfZero = new("MDL320", "A factor must not be zero",
        "{0} of {1} is 0: nothing comes through and nothing is learned; give another number, {2}");

    public static readonly Rule NormalizationWithoutHost = new("MDL321", "A normalization of weights needs a layer with a weight",
        "{0} normalizes the weight of a convolution or Linear of its stage, and {1}: put one beside the slot, or choose {2}");

    public static readonly Rule NormalizationWithoutActivation = new("MDL322",
        "A normalization that is an activation needs one to take the place of",
        "{0} takes the place of the activation behind its slot, and none belongs to it: put one there "
            + "(labels, shortcuts, dropout, StochasticDepth, SqueezeExcite, LayerScale and Multiply may stand between), "
            + "or choose another variant here, such as [GroupNorm]");

    public static readonly Rule ConditionalNormalization = new("MDL323",
        "A normalization that changes its neighbours can't be optional",
        "{0} changes the layers around its slot, and {1} has a condition: remove When, or choose {2}");

    public static readonly Rule NothingToStartAtZero = new("MDL330", "A branch that starts at zero ends with a normalization",
        "ZeroInit lets the scale of the normalization at the end of the branch start at 0, but {0}: "
            + "{1} write Scale = BranchScale.SkipInit instead");

    public static readonly Rule InstanceNormInDeepNetwork = new("MDL402",
        "InstanceNorm in a deep ResNet is predicted to be unstable",
        "InstanceNorm after {0} convolutions{1}: predicted at initialisation, "
            + "the gradient grows about {2}x from the last to the first convolution, "
            + "against {3}x with {4}; use {4}", RuleSeverity.Warning);

    public static readonly Rule WeightNormInResiduals = new("MDL403", "WeightNorm in a residual block lets the variance grow",
        "WeightNorm in residual blocks: predicted at initialisation, the variance grows about {2}x with each of {0}, "
            + "{1}x in all; {3}, or use another variant, such as [GroupNorm]",
        RuleSeverity.Warning);

    public static readonly Rule ResidualsWithoutFactor = new("MDL404",
        "Standardised weights in residual blocks without a factor let the variance grow",
        "ScaledWeightStandardization in {0} residual blocks whose branches have no factor: predicted at initialisation, "
            + "the variance doubles with each, {1}x in all; give the branches one, 'Shortcut(Scale = BranchScale.SkipInit)'",
        RuleSeverity.Warning);

    public static readonly Rule ActivationTwice = new("MDL405", "An activation follows a layer that is one",
        "{0} follows {1}, which is an activation already: remove it", RuleSeverity.Information);

    public static readonly Rule BothPathsScaled = new("MDL406",
        "Weights alone normalized and both paths times 1 / sqrt 2 let the gradient grow",
        "{0} in {1} residual blocks whose both paths are multiplied by 1 / sqrt 2: predicted at initialisation, "
            + "the variance stays, but the gradient grows about 1.3x with each, {2}x in all; scale the branches alone, "
            + "'Shortcut(Scale = \"1 / sqrt(blocks)\")'",
        RuleSeverity.Information);

    public static readonly Rule SingleValues = new("MDL407", "A normalization has one value to take statistics of",
        "{0} has one value to take statistics of at [{1}]{2}, so that {3}: remove it, or put it where there are more",
        RuleSeverity.Warning);

    public static readonly Rule GainDoesNotFit = new("MDL408", "A gain does not fit the activation",
        "Gain = {0} beside {1}, whose gain is {2}: predicted at initialisation, each such layer multiplies the variance by {3}; "
            + "leave Gain out",
        RuleSeverity.Information);

    public static readonly Rule TrackingWithBatchNorm = new("MDL410", "Gradient noise can't be measured in batch statistics",
        "[TrackGradientNoise] measures Group-, Layer-, Instance-, RMS- and FilterResponseNorm; {0} of '{1}' is {2}, "
            + "in which examples have no gradient of their own: "
            + "choose [GroupNorm] or [LayerNorm], or remove [TrackGradientNoise]", RuleSeverity.Warning);

    /// <summary>All rules of the analyzers, by id.</summary>
    public static readonly ImmutableArray<Rule> All =
    [
        NotPartial, NotAClass, HasBase, StageNotPartial, StageSignature, NoStages, FileLocal,
        StateName, PropertyNotPartial, SeveralVariants, TooManyInputs, ContextTypesDiffer, TensorProperty,
        PropertyOfSeveralLayers, PropertyType, PropertyWithoutModule, StageBesideForward, ForwardDoesNotFit, PropertyOfTwoKinds,
        StagesInSeveralFiles, GeneratedName, ParameterByReference,
        UnboundName, NotASize, SizeNotPositive, ShapeMissing, ParameterHidesIndex, TensorShape, TensorInitializer,
        NotACondition, OptionWithoutEffect, NotAMember,
        LayerDoesNotFit, SizeUnknown, GroupsDoNotDivide, ShortcutDoesNotFit, DeclaredShapeDiffers, GroupsDoNotDivideAtDefaults,
        SizeAtDefaults, GroupsTwice, NormalizationTwice,
        SizeForEachAxis, OptionsDoNotGoTogether, NotANumber,
        CannotBroadcast, ElementsDiffer, AxisMissing, OperationDoesNotFit, CannotJoin, CannotMultiply, CallDoesNotFit,
        ReturnDoesNotFit,
        PatternMalformed, PatternDoesNotFit, NoSuchInput,
        CyclicBlocks, BlockArgument, BlockShapeMissing, NormalizationDoesNotFit, BlockIsNoModule,
        ContextMissing, BranchesDoNotFit, ShortcutSource, CalleeUnknown, CalleeShapeMissing, StageRunsItself, TieTarget,
        OptionalLayerChangesAxes, LabelTwice, ShortcutKernel, TiedShape, NormalizationIsNoModule, FreeAxisTwice, NothingToTrack,
        FactorOfZero, NothingToStartAtZero,
        NormalizationWithoutHost, NormalizationWithoutActivation, ConditionalNormalization,
        InstanceNormInDeepNetwork, WeightNormInResiduals, ResidualsWithoutFactor, ActivationTwice, BothPathsScaled, SingleValues,
        GainDoesNotFit, TrackingWithBatchNorm,
    ];
}
