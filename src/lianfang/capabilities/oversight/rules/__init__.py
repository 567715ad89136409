"""Pure rules of oversight."""
