using System.Globalization;

namespace ModelDsl.Training;

/// <summary>The words for an epoch, the same on every display.</summary>
internal static class EpochText
{
    public static string Line(EpochRecord epoch, int epochs, string items)
    {
        var number = epoch.Epoch.ToString(CultureInfo.InvariantCulture).PadLeft($"{epochs}".Length);
        var test = epoch.TestLoss is { } loss ? Invariant($"  test loss {loss:F4}") : "";
        var testAccuracy = epoch.TestAccuracy is { } accuracy ? $"  test accuracy {Percent(accuracy)}" : "";
        return Invariant($"epoch {number}/{epochs}  loss {epoch.TrainLoss:F4}  accuracy {Percent(epoch.TrainAccuracy)}")
            + test + testAccuracy + Invariant($"  {epoch.ItemsPerSecond:N0} {items}/s  {epoch.Seconds:F1} s");
    }

    public static string Running(RunningEpoch epoch, int epochs, string items) =>
        Invariant($"epoch {epoch.Epoch}/{epochs}  loss {epoch.Loss:F4}  accuracy {Percent(epoch.Accuracy)}")
        + Invariant($"  {epoch.ItemsPerSecond:N0} {items}/s");

    public static string Time(TimeSpan time) => Invariant($"{(int)time.TotalMinutes}:{time.Seconds:00}");

    private static string Percent(double share) => Invariant($"{100 * share:F1} %");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
