"""Writing of mobilisation."""
