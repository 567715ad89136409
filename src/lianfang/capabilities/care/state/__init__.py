"""Pure folds of care."""
