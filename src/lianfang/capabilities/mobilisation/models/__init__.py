"""Read tables of mobilisation: disposable, refolded from the record."""
