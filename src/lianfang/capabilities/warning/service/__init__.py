"""The only door for writing."""
