"""Writing of supplies."""
