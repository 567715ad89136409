"""Notices of ours: counted from the registry of indicators, and the door to their way to the public."""
