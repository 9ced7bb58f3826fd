namespace ModelDsl;

/// <summary>
/// Declares a model: a partial class whose layers are written as attributes. The compiler makes it a <c>torch.nn.Module</c>.
/// </summary>
/// <remarks>
/// Hyper-parameters are the parameters of the primary constructor. A <em>stage</em> is a partial method that carries layer
/// attributes; without a hand-written <c>forward</c> the stages run one after the other, in the order of their declaration.
/// <code>
/// [Model]                                                         // becomes public partial class Classifier(int
/// classes = 10)               // partial class Classifier : Model&lt;Tensor, Tensor&gt; { [Flatten,
/// Linear(nameof(classes))]                          //   private readonly Linear _headLinear = nn.Linear(784,
/// classes); private partial Tensor Head([Shape("N, 1, 28, 28")] Tensor images);   // ... and the body of Head,
/// forward, registration }
/// </code>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelAttribute : Attribute;
