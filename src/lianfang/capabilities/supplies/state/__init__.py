"""Pure folds of supplies."""
