"""The only door for reading gates. The viewer comes first."""

from lianfang.capabilities.gates.queries.obligations import obligations

__all__ = ["obligations"]
