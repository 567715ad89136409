"""Reading of mobilisation."""
