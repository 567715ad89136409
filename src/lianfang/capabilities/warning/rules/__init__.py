"""Pure: what follows from the facts of warning, each rule with its source."""
