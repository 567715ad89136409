"""Pure rules of supplies."""
