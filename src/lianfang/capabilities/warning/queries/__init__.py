"""The only door for reading."""
