"""Functions over arrays that are compiled, and the result kept on disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba
from numba import types

P = ParamSpec("P")
R = TypeVar("R")

OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function compiled on its first call. It lets other threads run, and divides as numpy does.

    numba renews what it kept when the function's own file changes, not when a file that it calls into does: after a
    change there, remove the ``__pycache__`` folders beside the callers.
    """
    try:
        made: Callable[P, R] = numba.njit(function, cache=True, **OPTIONS)
    except RuntimeError:  # no folder can be written to: compile anew in each process
        made = numba.njit(function, **OPTIONS)
    return cast("Callable[P, R]", _once_for_all_numbers(made))


def _once_for_all_numbers(made: Any) -> Any:
    """numba compiles what a compiled function calls once for each number that stands in the call, were it a hundred
    times: such a call takes what is compiled for any number."""
    of_types: Any = made.get_call_template
    any_number: Any = types.unliteral

    def plain(args: tuple[Any, ...], kws: dict[str, Any]) -> Any:
        return of_types(tuple(map(any_number, args)), {name: any_number(one) for name, one in kws.items()})

    made.get_call_template = plain
    return made


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """The function as a part of every compiled one that calls it: an array that is passed costs nothing then."""
    made: Callable[P, R] = numba.njit(function, forceinline=True, **OPTIONS)
    return made
