namespace ModelDsl.Training.Tests;

public sealed class ConfusionMatrixTests
{
    [Fact]
    public void Precision_and_recall_are_those_by_hand()
    {
        var matrix = new ConfusionMatrix(["cat", "dog", "cow"]);
        foreach (var (actual, predicted) in ((int, int)[])[(0, 0), (0, 0), (0, 1), (1, 1), (1, 0), (1, 0)])
            matrix.Add(actual, predicted);

        var classes = matrix.PerClass();

        Assert.Equal(new ClassResult("cat", 2.0 / 4, 2.0 / 3, 3), classes[0]);
        Assert.Equal(new ClassResult("dog", 1.0 / 2, 1.0 / 3, 3), classes[1]);
        Assert.Equal(new ClassResult("cow", null, null, 0), classes[2]);
        Assert.Equal(0.5, matrix.Accuracy);
        Assert.Equal(2, matrix[1, 0]);
        Assert.Equal(6, matrix.Count);
    }
}
