using System.Text.Json.Serialization;

namespace ModelDsl.Training;

/// <summary>How reports are written: a diverged loss stays readable as "NaN".</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(TrainingReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
