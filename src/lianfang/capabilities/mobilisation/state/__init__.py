"""Pure folds of mobilisation."""
