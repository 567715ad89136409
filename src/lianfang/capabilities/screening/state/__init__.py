"""Pure folds: a grid, a household with its visits, a round, a unit's report of a day."""
