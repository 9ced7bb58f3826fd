namespace ModelDsl.Kernels;

/// <summary>What the gradient of a row's input needs of all its elements.</summary>
/// <param name="Gradient">The sum of the normalized values' gradients; 0 where the mean isn't taken off.</param>
/// <param name="Product">The sum of the normalized values times their gradients.</param>
internal readonly record struct RowSums(float Gradient, float Product);
