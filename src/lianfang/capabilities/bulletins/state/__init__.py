"""Pure folds of bulletins."""
