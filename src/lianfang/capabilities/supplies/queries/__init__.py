"""Reading of supplies."""
