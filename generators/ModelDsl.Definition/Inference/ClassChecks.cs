namespace ModelDsl.Definition;

/// <summary>What can be wrong with a class as a whole.</summary>
internal static class ClassChecks
{
    public static void Run(ModelScope scope)
    {
        var declaration = scope.Declaration;
        if (!declaration.IsPartial)
            scope.Report(Rules.NotPartial, Anchor.Class, declaration.Name);
        if (declaration.IsStatic)
            scope.Report(Rules.NotAClass, Anchor.Class, declaration.Name, "static class");
        else if (declaration.Kind != "class")
            scope.Report(Rules.NotAClass, Anchor.Class, declaration.Name, declaration.Kind);
        if (declaration.HasBase)
            scope.Report(Rules.HasBase, Anchor.Class, declaration.Name);
        if (declaration.IsFileLocal)
            scope.Report(Rules.FileLocal, Anchor.Class, declaration.Name);
        if (!declaration.HasForward && declaration.Stages.All(stage => stage.Property is not null))
            scope.Report(Rules.NoStages, Anchor.Class, declaration.Name);
        foreach (var name in declaration.TakenNames.Where(name => name != "TieParameters" || HasTies(declaration)))
        {
            var isClass = name == declaration.Name;
            var anchor = isClass ? Anchor.Class : new Anchor(Argument: Anchor.OwnMember + name);
            scope.Report(Rules.GeneratedName, anchor, name, isClass ? "the class" : "yours");
        }
        CheckCounts(scope);
        CheckForward(scope);
        CheckFiles(scope);
        CheckVariant(scope);
        CheckSignature(scope);
        CheckParameters(scope);
    }

    /// <summary>Where nothing is declared tied, the author may tie by hand.</summary>
    private static bool HasTies(ModelDeclaration declaration) =>
        declaration.Stages.SelectMany(stage => stage.Layers).Any(layer => layer["Tied"] is not null);

    /// <summary>Of several none can be meant; those of the assembly matter to classes that say nothing themselves.</summary>
    private static void CheckCounts(ModelScope scope)
    {
        var declaration = scope.Declaration;
        if (declaration.VariantCount > 1)
            ReportSecond(scope, "normalization", Anchor.Variant, Anchor.SecondVariant);
        else if (declaration is { VariantCount: 0, AssemblyVariantCount: > 1 })
            scope.Report(Rules.SeveralVariants, Anchor.Class, "[assembly]", "normalization");
        if (declaration.ActivationCount > 1)
            ReportSecond(scope, "activation", Anchor.Activation, Anchor.SecondActivation);
        else if (declaration is { ActivationCount: 0, AssemblyActivationCount: > 1 })
            scope.Report(Rules.SeveralVariants, Anchor.Class, "[assembly]", "activation");
    }

    private static void ReportSecond(ModelScope scope, string kind, string first, string second) => scope.Findings.Add(new(
        Rules.SeveralVariants,
        new(Argument: second),
        new[] { scope.Declaration.Name, kind }.ToEquatableArray()) { Related = new(Argument: first) });

    /// <summary>The order of files is no order of stages: it may be another one on another machine.</summary>
    private static void CheckFiles(ModelScope scope)
    {
        var stages = scope.Declaration.Stages;
        var chain = scope.Declaration.HasForward ? [] : scope.Declaration.Chain.ToList();
        foreach (var stage in chain.Where(stage => stages[stage].File != stages[chain[0]].File).Take(1))
            scope.Findings.Add(new(
                Rules.StagesInSeveralFiles,
                new(stage),
                new[] { stages[stage].Name, stages[chain[0]].Name }.ToEquatableArray()) { Related = new(chain[0]) });
    }

    private static void CheckForward(ModelScope scope)
    {
        var declaration = scope.Declaration;
        if (declaration.Forward?.Fault is { } fault)
            scope.Report(Rules.ForwardDoesNotFit, new(Argument: Anchor.Forward), fault, "Tensor ");
        for (var index = 0; index < declaration.Stages.Count; index++)
        {
            if (declaration.Stages[index].HidesForward)
                scope.Report(Rules.ForwardDoesNotFit, new(index), "it does not override", "partial Tensor ");
        }
        if (declaration.HasForward || !declaration.Stages.Any(stage => stage.IsForward))
            return;
        foreach (var index in declaration.Chain.Where(index => !declaration.Stages[index].IsForward).Take(1))
            scope.Report(Rules.StageBesideForward, new(index), declaration.Stages[index].Name);
    }

    /// <summary>A variant on the class is no layer: it has no name and no condition of its own.</summary>
    private static void CheckVariant(ModelScope scope)
    {
        var isOwn = scope.Declaration.Variant is not null;
        if ((scope.Declaration.Variant ?? scope.Declaration.AssemblyVariant) is not { } variant)
            return;
        // The assembly's attribute may stand in a file that has nothing to do with this model.
        var anchor = isOwn ? new Anchor(Argument: Anchor.Variant) : Anchor.Class;
        if (variant.Unfit is { } unfit)
            scope.Report(Rules.NormalizationIsNoModule, anchor, NormalizationSlot.ShortName(variant), unfit);
        var option = variant.Name is not null ? "Name" : variant.When is not null ? "When" : null;
        if (option is not null && isOwn)
            scope.Report(Rules.OptionWithoutEffect, anchor, option, $"a [{variant.Attribute}] on a class", "say it on a slot");
        scope.Findings.AddRange(NormalizationOptions.Check(variant, anchor, isLayer: false));
    }

    private static void CheckSignature(ModelScope scope)
    {
        var inputs = ChainSignature.Of(scope.Declaration).Inputs;
        if (inputs.Count > ChainSignature.MostInputs)
            scope.Report(Rules.TooManyInputs, Anchor.Class, scope.Declaration.Name, $"{inputs.Count}",
                string.Join(", ", inputs.Select(input => input.Name)));
        if (scope.Declaration.HasForward)
            return;
        var first = new Dictionary<string, (ContextDeclaration Context, Anchor Place)>();
        foreach (var stage in scope.Declaration.Chain)
            CheckContexts(scope, stage, first);
    }

    /// <summary>Contexts of one name are one input of <c>forward</c>.</summary>
    private static void CheckContexts(
        ModelScope scope, int stage, Dictionary<string, (ContextDeclaration Context, Anchor Place)> first)
    {
        var contexts = scope.Declaration.Stages[stage].Contexts;
        for (var position = 0; position < contexts.Count; position++)
        {
            var context = contexts[position];
            var place = new Anchor(stage, Argument: $"{Anchor.Context}{position + 1}");
            if (!first.TryGetValue(context.Name, out var other))
                first[context.Name] = (context, place);
            else if (other.Context.Type != context.Type)
                scope.Findings.Add(new(
                    Rules.ContextTypesDiffer,
                    place,
                    new[]
                    {
                        context.Name,
                        TorchNames.ShortName(context.Type),
                        TorchNames.ShortName(other.Context.Type),
                        scope.Declaration.Stages[other.Place.Stage].Name,
                    }.ToEquatableArray()) { Related = other.Place });
        }
    }

    /// <summary>What lambdas can't read, and names that a repeat brings into scope and a parameter would hide.</summary>
    private static void CheckParameters(ModelScope scope)
    {
        var declaration = scope.Declaration;
        foreach (var reference in declaration.Parameters.Where(parameter => parameter.IsByReference))
            scope.Report(
                Rules.ParameterByReference,
                new Anchor(Argument: Anchor.ConstructorParameter + reference.Name),
                reference.Name,
                declaration.Name);
        var hasRepeat = declaration.Stages.SelectMany(stage => stage.Layers).Any(layer => layer["Repeat"] is not null);
        var hidden = declaration.Parameters.FirstOrDefault(parameter => parameter.Name is SizeNames.Index or SizeNames.Count);
        if (hasRepeat && hidden is not null)
        {
            var anchor = new Anchor(Argument: Anchor.ConstructorParameter + hidden.Name);
            scope.Report(Rules.ParameterHidesIndex, anchor, hidden.Name, declaration.Name);
        }
    }
}
