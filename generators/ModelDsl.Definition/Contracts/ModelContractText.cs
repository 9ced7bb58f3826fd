using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>
/// Writes a contract as the text of <c>[ModelContract]</c>, a promise a line; <see cref="ModelContractReader"/> reads it. What a
/// referenced assembly shows itself, such as the types of the constructor's parameters and the contexts of <c>forward</c>, is
/// left out.
/// </summary>
public sealed class ModelContractText
{
    private readonly ModelContract _contract;
    private readonly ContractSizes _sizes;
    private readonly List<string> _lines = [];

    private ModelContractText(ModelContract contract) => (_contract, _sizes) = (contract, new(contract.Parameters));

    /// <summary>The text, with LF between its lines.</summary>
    public static string Write(ModelContract contract) => new ModelContractText(contract).Write();

    private string Write()
    {
        _lines.Add(ContractNames.Version);
        var parameters = string.Join(", ", _contract.Parameters.Select(parameter => parameter.Name));
        _lines.Add($"{ContractNames.Parameters}: {parameters}".TrimEnd());
        _lines.Add($"{ContractNames.Input}: {Flow(_contract.Input, _contract.InputAxis)}");
        _lines.Add($"{ContractNames.Output}: {Flow(_contract.Output, _contract.OutputAxis)}"
            + (_contract.MayReturnInput ? $"; {ContractNames.PerhapsInput}" : ""));
        if (_contract.Path.Count > 0)
            _lines.Add($"{ContractNames.Path}:");
        Steps(_contract.Path, 1);
        return string.Join("\n", _lines);
    }

    private string Flow(Shape? shape, int? axis)
    {
        var text = shape is null ? "?" : $"[{string.Join(", ", shape.Axes.Select(Axis))}]";
        return axis is { } channels && shape is not null && channels >= 0 && channels < shape.Rank
            ? $"{text}; {ContractNames.ChannelsAt}{channels.ToString(CultureInfo.InvariantCulture)}"
            : text;
    }

    private string Axis(Axis axis, int position) =>
        position == 0 && axis == Definition.Axis.Leading ? $"{axis}" : _sizes.Write(axis.Size) ?? "?";

    private void Steps(EquatableArray<PathStep> steps, int depth)
    {
        foreach (var step in steps)
        {
            var facts = string.Join("; ", Facts(step));
            _lines.Add($"{new string(' ', 2 * depth)}{step.Kind} {facts}".TrimEnd());
            Steps(step.Inner, depth + 1);
        }
    }

    private IEnumerable<string> Facts(PathStep step)
    {
        (string Name, string? Value)[] facts =
        [
            (ContractNames.Channels, _sizes.Write(step.Channels)),
            (ContractNames.Kernel, _sizes.Write(step.Kernel)),
            (ContractNames.Stride, _sizes.Write(step.Stride)),
            (ContractNames.Padding, _sizes.Write(step.Padding)),
            (ContractNames.Repeat, _sizes.Write(step.Repeat)),
            (ContractNames.Normalization, step.Normalization is { } choice ? ContractChoice.Write(choice) : null),
            (step.Kind == PathStepKind.Optional ? ContractNames.When : ContractNames.Identity, _sizes.Write(step.Identity)),
        ];
        var written = facts.Where(fact => fact.Value is not null).Select(fact => $"{fact.Name}: {fact.Value}");
        written = step.HasProjection ? written.Append(ContractNames.Projection) : written;
        return step.IsRectifiedBehind ? written.Append(ContractNames.ReLUBehind) : written;
    }
}
