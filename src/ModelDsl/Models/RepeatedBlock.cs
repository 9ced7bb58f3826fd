using System.Collections;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Blocks that run one after the other, registered by their index: <c>stage1.0</c>, <c>stage1.1</c>.</summary>
/// <typeparam name="T">The block.</typeparam>
public sealed class RepeatedBlock<T> : nn.Module<Tensor, Tensor>, IReadOnlyList<T>
    where T : nn.Module<Tensor, Tensor>
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
        : base(nameof(RepeatedBlock<T>))
    {
        ArgumentNullException.ThrowIfNull(build);
        _blocks = new T[repeat.Checked(site, expression, minimum)];
        for (var index = 0; index < _blocks.Length; index++)
        {
            _blocks[index] = build(index);
            register_module(index.ToString(System.Globalization.CultureInfo.InvariantCulture), _blocks[index]);
        }
    }

    /// <inheritdoc/>
    public int Count => _blocks.Length;

    /// <inheritdoc/>
    public T this[int index] => _blocks[index];

    /// <summary>Runs the blocks in order; without any, the result is an alias of the input.</summary>
    public override Tensor forward(Tensor input)
    {
        var current = input;
        foreach (var block in _blocks)
            current = Run(block, current, input);
        return ReferenceEquals(current, input) ? input.alias() : current;
    }

    /// <summary>
    /// Frees what went into a block, also where the block throws or returns it itself; the caller's input stays.
    /// </summary>
    private static Tensor Run(T block, Tensor current, Tensor input)
    {
        using var own = ReferenceEquals(current, input) ? null : current;
        return HandWrittenBlock.Call(block, current);
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_blocks).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The blocks are registered by the constructor.</summary>
    protected override void RegisterComponents()
    {
    }
}
