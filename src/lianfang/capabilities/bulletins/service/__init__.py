"""Writing of bulletins."""
