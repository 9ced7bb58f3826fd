using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>Trains and judges a model that gives one logit a class.</summary>
/// <param name="model">The model.</param>
/// <param name="classes">The names of the classes, in the order of the logits.</param>
public sealed class Classifier(nn.Module<Tensor, Tensor> model, IReadOnlyList<string> classes)
{
    private const int EvaluationBatch = 100;

    /// <summary>
    /// Called after each backward pass with the number of examples, while the gradients are there: to measure them. Where an
    /// update passes twice, it is called twice.
    /// </summary>
    public Action<long>? AfterBackward { get; init; }

    /// <summary>
    /// A training step around <paramref name="update"/>, which gets a function that runs the model forward and backward on the
    /// step's batch and returns the loss. An update may call it more than once; what is reported is the first call's, at the
    /// weights as they are.
    /// </summary>
    public TrainingStep<LabeledBatch> StepWith(Action<Func<Tensor>> update) => batch =>
    {
        StepResult? first = null;
        update(() =>
        {
            var logits = model.call(batch.Inputs);
            var loss = nn.functional.cross_entropy(logits, batch.Labels);
            loss.backward();
            AfterBackward?.Invoke(batch.Labels.shape[0]);
            first ??= new(loss.ToDouble(), CountCorrect(logits, batch.Labels), batch.Labels.shape[0]);
            return loss;
        });
        return first ?? throw new InvalidOperationException("The update never asked for the loss.");
    };

    /// <summary>The ordinary step: one pass forward and backward, then the optimizer's.</summary>
    public TrainingStep<LabeledBatch> DescendWith(optim.Optimizer optimizer) => StepWith(pass =>
    {
        model.zero_grad();
        pass();
        optimizer.step();
    });

    /// <summary>Judges the model on <paramref name="examples"/>, in evaluation mode; its mode is restored.</summary>
    public Evaluation Evaluate(IExamples<LabeledBatch> examples)
    {
        var wasTraining = model.training;
        model.eval();
        try
        {
            using var withoutGradients = no_grad();
            return EvaluateBatches(examples);
        }
        finally
        {
            model.train(wasTraining);
        }
    }

    private Evaluation EvaluateBatches(IExamples<LabeledBatch> examples)
    {
        var confusion = new ConfusionMatrix(classes);
        var totalLoss = 0.0;
        foreach (var indices in Enumerable.Range(0, examples.Count).Chunk(EvaluationBatch))
        {
            using var scope = NewDisposeScope();
            var batch = examples.Batch(indices, augmentation: null);
            var logits = model.call(batch.Inputs);
            totalLoss += nn.functional.cross_entropy(logits, batch.Labels).ToDouble() * indices.Length;
            var actual = batch.Labels.data<long>().ToArray();
            var predicted = logits.argmax(1).data<long>().ToArray();
            for (var i = 0; i < actual.Length; i++)
                confusion.Add(actual[i], predicted[i]);
        }
        return new(totalLoss / examples.Count, confusion.Accuracy, confusion);
    }

    private static long CountCorrect(Tensor logits, Tensor labels) => logits.argmax(1).eq(labels).sum().item<long>();
}
