"""Reading of care."""
