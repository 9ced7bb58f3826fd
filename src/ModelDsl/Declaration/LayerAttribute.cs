namespace ModelDsl;

/// <summary>A layer of a stage. A stage's attributes are its pipeline, in source order.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    /// <summary>The layers are the language's own.</summary>
    private protected LayerAttribute()
    {
    }
}
