using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace ModelDsl.Training;

/// <summary>Draws the curves of a training: loss, accuracy and, where it was measured, the gradient noise scale.</summary>
public static class TrainingPlot
{
    private const int Width = 1200;
    private const int PanelHeight = 420;
    private static readonly Color s_training = Color.FromHex("#2A6FBB");
    private static readonly Color s_test = Color.FromHex("#D9642C");
    private static readonly Color s_noise = Color.FromHex("#3C8D5A");

    /// <summary>Saves the picture as PNG; an older one stays whole until this one is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="title">The first panel's title begins with it.</param>
    /// <param name="result">The training.</param>
    /// <param name="gradientNoise">The gradient noise scale over the steps, where measured.</param>
    public static void Save(string path, string title, TrainingResult result, IReadOnlyList<NoisePoint>? gradientNoise = null)
    {
        List<Plot> panels = [LossPanel(title, result), AccuracyPanel(result)];
        if (gradientNoise is { Count: > 0 })
            panels.Add(NoisePanel(gradientNoise, result.StepsPerEpoch));
        foreach (var panel in panels)
            Finish(panel, result);

        using var surface = SKSurface.Create(new SKImageInfo(Width, PanelHeight * panels.Count));
        for (var row = 0; row < panels.Count; row++)
        {
            using var panel = panels[row];
            using var restoring = new SKAutoCanvasRestore(surface.Canvas);
            // A plot clears the whole canvas before it draws.
            surface.Canvas.ClipRect(new SKRect(0, row * PanelHeight, Width, (row + 1) * PanelHeight));
            panel.Render(surface.Canvas, new PixelRect(0, Width, (row + 1) * PanelHeight, row * PanelHeight));
        }
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        AtomicFile.Write(path, png.SaveTo);
    }

    private static Plot LossPanel(string title, TrainingResult result)
    {
        var plot = NewPanel($"{title}: loss", "cross-entropy (nats)");
        var steps = result.Steps.Where(step => double.IsFinite(step.Loss)).ToArray();
        if (steps.Length > 1)
        {
            double[] epochs = [.. steps.Select(step => (step.Step + 1.0) / result.StepsPerEpoch)];
            AddLine(plot, epochs, [.. steps.Select(step => step.Loss)], s_training.WithAlpha(0.25), 1);
        }
        AddEpochs(plot, result.Epochs, epoch => epoch.TrainLoss, s_training, "training, as seen before each update");
        AddEpochs(plot, result.Epochs, epoch => epoch.TestLoss, s_test, "test");
        return plot;
    }

    private static Plot AccuracyPanel(TrainingResult result)
    {
        var plot = NewPanel("Accuracy", "right predictions (%)");
        AddEpochs(plot, result.Epochs, epoch => 100 * epoch.TrainAccuracy, s_training, "training, as seen before each update");
        AddEpochs(plot, result.Epochs, epoch => 100 * epoch.TestAccuracy, s_test, "test");
        plot.Legend.Alignment = Alignment.LowerRight;
        return plot;
    }

    private static Plot NoisePanel(IReadOnlyList<NoisePoint> course, int stepsPerEpoch)
    {
        var plot = NewPanel("Gradient noise scale", "examples (log scale)");
        var points = course.Where(point => double.IsFinite(point.Scale) && point.Scale > 0).ToArray();
        if (points.Length > 0)
        {
            double[] epochs = [.. points.Select(point => (point.Step + 1.0) / stepsPerEpoch)];
            AddLine(plot, epochs, [.. points.Select(point => Math.Log10(point.Scale))], s_noise, 2.5f);
        }
        plot.Axes.Left.TickGenerator = LogTicks();
        return plot;
    }

    /// <summary>1, 2, 5, 10, 20, ...: round numbers, which evenly spaced powers are not.</summary>
    private static NumericManual LogTicks()
    {
        var ticks = new NumericManual();
        for (var decade = -3; decade < 9; decade++)
        {
            foreach (var digit in (int[])[1, 2, 5])
            {
                var value = digit * Math.Pow(10, decade);
                ticks.AddMajor(Math.Log10(value), value.ToString(value < 1 ? "G3" : "N0", CultureInfo.InvariantCulture));
            }
        }
        return ticks;
    }

    private static Plot NewPanel(string title, string unit)
    {
        var plot = new Plot();
        plot.Title(title, size: 22);
        plot.XLabel("epochs", size: 17);
        plot.YLabel(unit, size: 17);
        plot.Legend.Alignment = Alignment.UpperRight;
        return plot;
    }

    private static void Finish(Plot plot, TrainingResult result)
    {
        PlotFont.Use(plot);
        plot.Axes.Title.Label.Bold = false;
        plot.Axes.Left.Label.Bold = false;
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
        plot.Axes.Left.TickLabelStyle.FontSize = 15;
        plot.Axes.Bottom.TickLabelStyle.FontSize = 15;
        // The panels stand above each other: their x axes must begin and end at the same pixels.
        plot.Axes.Left.MinimumSize = 100;
        plot.Axes.Left.MaximumSize = 100;
        plot.Axes.Right.MinimumSize = 30;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Legend.FontSize = 15;
        plot.Legend.FontName = PlotFont.Name;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.08);
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsX(0, Math.Max(1, (double)result.Steps.Count / result.StepsPerEpoch) * 1.02);
    }

    private static void AddEpochs(
        Plot plot, IReadOnlyList<EpochRecord> epochs, Func<EpochRecord, double?> value, Color color, string label)
    {
        var points = epochs
            .Select(epoch => (X: (double)epoch.Epoch, Y: value(epoch)))
            .Where(point => double.IsFinite(point.Y ?? double.NaN))
            .ToArray();
        if (points.Length == 0)
            return;
        var line = AddLine(plot, [.. points.Select(point => point.X)], [.. points.Select(point => point.Y!.Value)], color, 2.5f);
        line.MarkerSize = 8;
        line.LegendText = label;
    }

    private static ScottPlot.Plottables.Scatter AddLine(Plot plot, double[] x, double[] y, Color color, float width)
    {
        var line = plot.Add.Scatter(x, y, color);
        line.LineWidth = width;
        line.MarkerSize = 0;
        return line;
    }
}
