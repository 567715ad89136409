"""The only door for reading oversight. The viewer comes first."""
