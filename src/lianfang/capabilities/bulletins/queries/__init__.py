"""Reading of bulletins."""
