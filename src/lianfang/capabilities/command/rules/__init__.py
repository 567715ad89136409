"""Pure rules of command."""
