"""Read tables of oversight: disposable, refolded from the record."""
