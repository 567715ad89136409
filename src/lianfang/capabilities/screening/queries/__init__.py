"""The only door for reading screening. The viewer comes first."""

from lianfang.capabilities.screening.queries.duties import obligations

__all__ = ["obligations"]
