"""The only door for writing about gates."""
