"""Read tables of care: disposable, refolded from the record."""
