"""The facts of warning, folded."""
