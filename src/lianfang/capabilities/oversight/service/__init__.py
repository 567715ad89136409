"""The only door for writing about oversight."""
