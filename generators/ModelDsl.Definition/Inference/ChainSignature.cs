namespace ModelDsl.Definition;

/// <summary>What the generated <c>forward</c> takes: what flows into the first stage, and the contexts of all of them.</summary>
internal static class ChainSignature
{
    /// <summary>TorchSharp's modules take up to six inputs.</summary>
    public const int MostInputs = 6;

    /// <summary>The signature of <c>forward</c>, whoever writes it.</summary>
    public static SignatureDeclaration Of(ModelDeclaration declaration)
    {
        if (declaration.Forward is { } own)
            return own;
        if (declaration.Stages.FirstOrDefault(stage => stage.IsForward) is { Input: not null } forward)
            return new(forward.Contexts.Prepend(Flowing(forward.Input!)).ToEquatableArray(), TorchNames.Tensor);
        var chain = declaration.Chain.ToList();
        var input = chain.Count == 0 ? "input" : declaration.Stages[chain[0]].Input ?? "input";
        return new(Contexts(declaration, input).Prepend(Flowing(input)).ToEquatableArray(), TorchNames.Tensor);
    }

    /// <summary>The same, cut down to what a base class of a wrong declaration can have.</summary>
    public static SignatureDeclaration Fitting(ModelDeclaration declaration)
    {
        var signature = Of(declaration);
        var hides = signature is { IsOverride: false } || declaration.Stages.Any(stage => stage.HidesForward);
        // Of another number of inputs the compiler does not find that it hides anything, which would join the rule's error.
        var inputs = signature.Inputs.Count == 0 ? [Flowing("input")]
            : hides ? Enumerable.Range(1, signature.Inputs.Count == 1 ? 2 : 1).Select(number => Flowing($"input{number}"))
            : signature.Inputs.Take(MostInputs);
        return new(inputs.ToEquatableArray(), signature.Result == "void" ? TorchNames.Tensor : signature.Result);
    }

    /// <summary>
    /// The stage whose result a context of a later stage of the chain receives: that of its name. Null where callers give it.
    /// </summary>
    public static int? Source(ModelDeclaration declaration, ContextDeclaration context, int stage)
    {
        if (!context.IsTensor || declaration.HasForward)
            return null;
        var earlier = declaration.Chain.TakeWhile(index => index != stage)
            .Where(index => string.Equals(declaration.Stages[index].Name, context.Name, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return earlier.Count == 0 ? null : earlier[0];
    }

    /// <summary>Required ones first, as C# demands.</summary>
    private static IEnumerable<ContextDeclaration> Contexts(ModelDeclaration declaration, string input)
    {
        var contexts = new List<ContextDeclaration>();
        foreach (var stage in declaration.Chain)
        {
            foreach (var context in declaration.Stages[stage].Contexts)
            {
                var known = contexts.FindIndex(other => other.Name == context.Name);
                // A tensor that is called like what flows into the first stage is just that.
                if (Source(declaration, context, stage) is not null || (context.IsTensor && context.Code == input))
                    continue;
                if (known < 0)
                    contexts.Add(context with { Shape = null });
                else if (context.Default != contexts[known].Default)
                    // Of two defaults neither can be meant.
                    contexts[known] = contexts[known] with { Default = null };
            }
        }
        return contexts.OrderBy(context => context.Default is null ? 0 : 1);
    }

    private static ContextDeclaration Flowing(string input) =>
        new(input.TrimStart('@'), TorchNames.Tensor, IsTensor: true, null, null, ChannelLayout.Default);
}
