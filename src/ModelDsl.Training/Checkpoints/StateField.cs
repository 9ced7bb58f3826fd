using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>One field of an optimizer's options or of its state of a parameter: a number, a switch or a tensor.</summary>
internal sealed class StateField
{
    private const DynamicallyAccessedMemberTypes AllFields =
        DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields;

    private readonly object _holder;
    private readonly FieldInfo _field;

    private StateField(object holder, FieldInfo field)
    {
        _holder = holder;
        _field = field;
    }

    /// <summary>Its name; that of the property where it stands behind one.</summary>
    public string Name => _field.Name.StartsWith('<') ? _field.Name[1.._field.Name.IndexOf('>')] : _field.Name;

    /// <summary>Null, long, double, bool or tensor.</summary>
    public object? Value
    {
        get => _field.GetValue(_holder) switch
        {
            int number => (long)number,
            float number => (double)number,
            var value => value,
        };
        set => _field.SetValue(_holder, value is null or Tensor ? value : Convert.ChangeType(value, Kind, provider: null));
    }

    private Type Kind => Nullable.GetUnderlyingType(_field.FieldType) ?? _field.FieldType;

    /// <summary>
    /// All fields of an object, private ones too, down to but without <paramref name="root"/>: an optimizer of one's own has
    /// names of its own.
    /// </summary>
    /// <exception cref="NotSupportedException">A field is of a kind that a checkpoint can't hold.</exception>
    [DynamicDependency(AllFields, typeof(OptimizerOptions))]
    [DynamicDependency(AllFields, typeof(SGD.Options))]
    [DynamicDependency(AllFields, typeof(SGD.State))]
    [DynamicDependency(AllFields, typeof(Adam.Options))]
    [DynamicDependency(AllFields, typeof(Adam.State))]
    [DynamicDependency(AllFields, typeof(AdamW.Options))]
    [DynamicDependency(AllFields, typeof(AdamW.State))]
    [DynamicDependency(AllFields, typeof(Adamax.Options))]
    [DynamicDependency(AllFields, typeof(Adamax.State))]
    [DynamicDependency(AllFields, typeof(NAdam.Options))]
    [DynamicDependency(AllFields, typeof(NAdam.State))]
    [DynamicDependency(AllFields, typeof(RAdam.Options))]
    [DynamicDependency(AllFields, typeof(RAdam.State))]
    [DynamicDependency(AllFields, typeof(Adagrad.Options))]
    [DynamicDependency(AllFields, typeof(Adagrad.State))]
    [DynamicDependency(AllFields, typeof(Adadelta.Options))]
    [DynamicDependency(AllFields, typeof(Adadelta.State))]
    [DynamicDependency(AllFields, typeof(ASGD.Options))]
    [DynamicDependency(AllFields, typeof(ASGD.State))]
    [DynamicDependency(AllFields, typeof(RMSProp.Options))]
    [DynamicDependency(AllFields, typeof(RMSProp.State))]
    [DynamicDependency(AllFields, typeof(Rprop.Options))]
    [DynamicDependency(AllFields, typeof(Rprop.State))]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The fields of TorchSharp's optimizers are named here.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The fields of TorchSharp's optimizers are named here.")]
    public static IReadOnlyList<StateField> Of(object holder, Type root)
    {
        var fields = new List<StateField>();
        for (var type = holder.GetType(); type != root && type is not null; type = type.BaseType)
        {
            const BindingFlags Own =
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
            fields.AddRange(type.GetFields(Own).Select(field => new StateField(holder, field)));
        }
        var unknown = fields.Find(field => !IsKnown(field.Kind));
        return unknown is null ? fields : throw new NotSupportedException(
            $"A checkpoint can't hold {holder.GetType()}.{unknown.Name}, a {unknown.Kind.Name}: "
            + "an optimizer's options and state are numbers, switches and tensors.");
    }

    private static bool IsKnown(Type kind) =>
        kind == typeof(long) || kind == typeof(int) || kind == typeof(double) || kind == typeof(float)
        || kind == typeof(bool) || kind == typeof(Tensor);
}
