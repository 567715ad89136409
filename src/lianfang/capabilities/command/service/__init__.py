"""The only door for writing about command."""
