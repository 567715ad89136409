"""Pure folds of oversight."""
