namespace ModelDsl.Definition;

/// <summary>The generated <c>forward</c>: the stages one after the other.</summary>
internal static class ChainForward
{
    /// <summary>Runs the stages of the chain, each on what the one before returns.</summary>
    public static void Run(ModelScope scope)
    {
        FlowShape? flowing = null;
        var hasFailed = false;
        int? before = null;
        foreach (var index in scope.Declaration.Chain)
        {
            if (hasFailed && scope.Declaration.Stages[index].InputShape is null)
            {
                scope.Members.Skip(index);
                continue;
            }
            var flow = scope.Members.Run(index, flowing, before is { } earlier ? new(earlier) : null)!;
            hasFailed = flow.HasFailed;
            flowing = hasFailed ? null : flow.Flow;
            before = index;
        }
    }

    /// <summary>What the chain takes and returns; nothing where a stage failed.</summary>
    public static ForwardFacts Facts(ModelScope scope)
    {
        var chain = scope.Declaration.Chain.Select(index => scope.Members.Known(index)).ToList();
        if (chain.Count == 0 || chain.Any(flow => flow is not { HasFailed: false }))
            return ForwardFacts.Unknown;
        return new(
            chain[0]!.InputFlow,
            chain[chain.Count - 1]!.Flow,
            chain.SelectMany(flow => flow!.Path).ToEquatableArray());
    }

    /// <summary>The body; null where a stage or the author is <c>forward</c>.</summary>
    public static ForwardDefinition? Define(ModelScope scope)
    {
        var declaration = scope.Declaration;
        var chain = declaration.Chain.ToList();
        if (declaration.HasForward || chain.Count == 0 || declaration.Stages.Any(stage => stage.IsForward))
            return null;
        var signature = ChainSignature.Of(declaration);
        var taken = new HashSet<string>(
            declaration.Stages.Select(stage => stage.Name).Concat(signature.Inputs.Select(input => input.Code)));
        var locals = chain.ToDictionary(index => index, index => LocalName(declaration.Stages[index].Name, taken));
        var input = signature.Inputs[0].Code;
        var operations = chain.SelectMany(index => Operations(scope, index, locals[index], input)).ToList();
        return new(
            signature.Inputs,
            chain.Select(index => declaration.Stages[index].Name).ToEquatableArray(),
            BodyWriter.Write(input, LocalName("Given", taken), operations),
            new InputUse(operations).Taker is not null);
    }

    /// <summary>The call of a stage, and the name of its result, which a later stage may take.</summary>
    private static IEnumerable<Operation> Operations(ModelScope scope, int index, string local, string input)
    {
        var stage = scope.Declaration.Stages[index];
        var arguments = new List<string> { "{0}" };
        var reads = new List<string>();
        foreach (var context in stage.Contexts)
        {
            if (ChainSignature.Source(scope.Declaration, context, index) is { } source)
                Read(scope.Declaration.Stages[source].Name);
            else if (context.Code == input)
                Read(Operation.StageInput);
            else
                arguments.Add(context.Code);
        }
        var name = Identifiers.Escape(stage.Name);
        var isHidden = ChainSignature.Of(scope.Declaration).Inputs.Any(taken => taken.Code == name);
        var call = $"{(isHidden ? "this." : "")}{name}({string.Join(", ", arguments)})";
        var known = scope.Members.Known(index);
        yield return new(local, call, known?.Shape)
        {
            Taker = known?.Taker,
            BackwardNeedsOutput = true,
            Reads = reads.ToEquatableArray(),
        };
        yield return new(local, "", null) { Label = stage.Name };

        void Read(string label)
        {
            reads.Add(label);
            arguments.Add($"{{{reads.Count}}}");
        }
    }

    /// <summary><c>Stem</c> gives <c>stem</c>, unless that is the input or a stage itself.</summary>
    private static string LocalName(string stage, HashSet<string> taken)
    {
        var name = char.ToLowerInvariant(stage[0]) + stage.Substring(1);
        while (!taken.Add(name))
            name += "Result";
        return Identifiers.Escape(name);
    }
}
