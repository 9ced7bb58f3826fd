namespace ModelDsl;

/// <summary>Checks the sizes that a model was declared with before its layers are built from them.</summary>
/// <param name="model">The model's name, for messages.</param>
public sealed class SizeChecks(string model)
{
    /// <summary>Demands a positive size.</summary>
    /// <param name="stage">The stage that declares it.</param>
    /// <param name="expression">What was declared.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentException">The size is zero or negative; the message names model, stage and
    /// expression.</exception>
    public SizeChecks Positive(string stage, string expression, long value) => value > 0
        ? this
        : throw new ArgumentException($"{model}.{stage}: the size {expression} is {value}; it must be at least 1.");

    /// <summary>Demands that two sizes are equal: a shortcut adds tensors of one shape, and must not broadcast.</summary>
    /// <param name="layer">The layer that joins them: <c>Shortcut</c>.</param>
    /// <param name="stage">The stage that declares them.</param>
    /// <param name="expression">What flows in.</param>
    /// <param name="value">Its value.</param>
    /// <param name="otherExpression">What it is added to.</param>
    /// <param name="otherValue">Its value.</param>
    /// <exception cref="ArgumentException">They differ; the message names model, stage and both expressions.</exception>
    public SizeChecks Equal(
        string layer,
        string stage,
        string expression,
        long value,
        string otherExpression,
        long otherValue) =>
        value == otherValue
        ? this
        : throw new ArgumentException(
            $"{model}.{stage}: {layer} joins axes of {expression} = {value} and {otherExpression} = {otherValue}; "
                + "they must be equal.");

    /// <summary>Demands channels that divide: into groups, or into the positions that a shuffle makes of them.</summary>
    /// <param name="stage">The stage that declares them.</param>
    /// <param name="expression">The channels.</param>
    /// <param name="value">Their number.</param>
    /// <param name="divisorExpression">What they are divided by.</param>
    /// <param name="divisor">Its value.</param>
    /// <exception cref="ArgumentException">There is a remainder; the message names model, stage and both expressions.</exception>
    public SizeChecks Multiple(
        string stage,
        string expression,
        long value,
        string divisorExpression,
        long divisor) =>
        divisor > 0 && value % divisor == 0
        ? this
        : throw new ArgumentException(
            $"{model}.{stage}: the channels {expression} = {value} are no multiple of {divisorExpression} = {divisor}.");
}
