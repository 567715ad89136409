"""The only door for reading isolation. The viewer comes first; questions about the past take two times."""

from lianfang.capabilities.isolation.queries.obligations import obligations

__all__ = ["obligations"]
