using ScottPlot;
using SkiaSharp;

namespace ModelDsl.Training;

/// <summary>The font of every plot. It is embedded, because a machine without fonts would draw no text at all.</summary>
internal sealed class PlotFont : IFontResolver
{
    public const string Name = "ModelDsl DejaVu Sans";

    private static readonly Lazy<PlotFont> s_registered = new(Register);
    private readonly SKTypeface _typeface;

    private PlotFont()
    {
        using var file = typeof(PlotFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!;
        _typeface = SKTypeface.FromStream(file);
    }

    public static void Use(Plot plot)
    {
        _ = s_registered.Value;
        plot.Font.Set(Name);
    }

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Name ? _typeface : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? _typeface : null;

    private static PlotFont Register()
    {
        var font = new PlotFont();
        Fonts.FontResolvers.Insert(0, font);
        return font;
    }
}
