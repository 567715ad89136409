"""Writing of care."""
