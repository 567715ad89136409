"""Read tables of supplies: disposable, refolded from the record."""
