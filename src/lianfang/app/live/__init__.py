"""Open pages hear that something changed, as it changes."""
