using System.Collections;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// Blocks that run one after the other. It is a list and no module: the model registers each block by its index,
/// <c>stage1.0</c>, <c>stage1.1</c>, or under whatever names published weights have.
/// </summary>
/// <typeparam name="T">The block.</typeparam>
public sealed class RepeatedBlock<T> : IReadOnlyList<T>, IGivenTensorReceiver
    where T : nn.Module
{
    private readonly T[] _blocks;

    /// <summary>Builds the blocks.</summary>
    /// <param name="site">Model and stage, for messages: <c>ResNet.Stage1</c>.</param>
    /// <param name="repeat">How many.</param>
    /// <param name="expression">What was declared as the number, for messages: <c>(depth - 2) / 6</c>.</param>
    /// <param name="build">Builds the block of an index.</param>
    /// <param name="minimum">The fewest that there may be: 1 where the blocks change the shape, as what follows relies
    /// on that.</param>
    /// <exception cref="ArgumentException">The number is less than the minimum or leaves a remainder.</exception>
    public RepeatedBlock(string site, RepeatCount repeat, string expression, Func<int, T> build, int minimum = 0)
    {
        ArgumentNullException.ThrowIfNull(build);
        _blocks = new T[repeat.Checked(site, expression, minimum)];
        for (var index = 0; index < _blocks.Length; index++)
            _blocks[index] = build(index);
    }

    /// <inheritdoc/>
    public int Count => _blocks.Length;

    bool IGivenTensorReceiver.CanTakeOver => true;

    /// <inheritdoc/>
    public T this[int index] => _blocks[index];

    /// <summary>
    /// Runs blocks of one input in order; without any, the result is an alias of the input. What flows between two blocks is
    /// freed by the second at its last use.
    /// </summary>
    /// <param name="input">What flows into the first block. It stays the caller's, unless generated code gives it up.</param>
    /// <exception cref="InvalidOperationException">The blocks take more than one tensor, or return something else.</exception>
    public Tensor call(Tensor input) =>
        Run(input, static (block, flowing) => OfOneInput(block).call(GivenTensor.Offer(flowing, block)));

    /// <summary>As <see cref="call"/>, for blocks that take more than what flows.</summary>
    /// <param name="input">What flows into the first block. It stays the caller's, unless generated code gives it up.</param>
    /// <param name="step">
    /// Runs one block on what flows: <c>(block, x) => block.call(x, mask)</c>. What flows is this method's own (of the input an
    /// alias) and freed when the block is done, also where it throws.
    /// </param>
    public Tensor Run(Tensor input, Func<T, Tensor, Tensor> step)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(step);
        var given = GivenTensor.Take(input, this);
        if (_blocks.Length == 0)
            return input.alias();
        var current = given ?? input.alias();
        foreach (var block in _blocks)
            current = Step(block, current, input, step);
        return current;
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_blocks).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static nn.Module<Tensor, Tensor> OfOneInput(nn.Module block) =>
        block as nn.Module<Tensor, Tensor>
        ?? throw new InvalidOperationException(
            $"{block.GetType()} is no module of one tensor that returns one; run it with a step that gives it what it takes.");

    /// <summary>Frees what went into a block, also where the block throws, or returns that or the caller's tensor.</summary>
    private static Tensor Step(T block, Tensor current, Tensor input, Func<T, Tensor, Tensor> step)
    {
        using var own = current;
        var output = step(block, current);
        return ReferenceEquals(output, current) || ReferenceEquals(output, input) ? output.alias() : output;
    }
}
