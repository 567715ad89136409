"""Functions over arrays that are compiled, and the result kept on disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function compiled on its first call. It lets other threads run, and divides as numpy does.

    numba renews what it kept when the function's own file changes, not when a file that it calls into does: after a
    change there, remove the ``__pycache__`` folders beside the callers.
    """
    options: Any = {"nogil": True, "error_model": "numpy"}
    try:
        made: Any = numba.njit(function, cache=True, **options)
    except RuntimeError:  # no folder can be written to: compile anew in each process
        made = numba.njit(function, **options)
    return made  # type: ignore[no-any-return]
