"""The only door for reading command. The viewer comes first."""
