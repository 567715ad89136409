"""Functions over arrays that are compiled, and the result kept on disk."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import numba
from numba import types
from numba.core.compiler_lock import global_compiler_lock

P = ParamSpec("P")
R = TypeVar("R")

OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function compiled on its first call. It lets other threads run, and divides as numpy does.

    numba renews what it kept when the function's own file changes, not when a file that it calls into does: after a
    change there, remove the ``__pycache__`` folders beside the callers.
    """
    try:
        made: Callable[P, R] = _by_one_process(numba.njit(function, cache=True, **OPTIONS))
    except RuntimeError:  # no folder can be written to: compile anew in each process
        made = numba.njit(function, **OPTIONS)
    return cast("Callable[P, R]", _once_for_all_numbers(made))


def _by_one_process(made: Any) -> Any:
    """Of processes that need it at the same time one compiles it, and the others wait for what that one keeps."""
    of_types: Any = made.compile
    lock = Path(made.stats.cache_path) / f"{made.py_func.__module__}.{made.py_func.__qualname__}.lock"

    def alone(signature: Any) -> Any:
        # the compiler's own lock first, in every thread: it is held where a function is compiled for one that calls it
        with global_compiler_lock, _held(lock):
            return of_types(signature)

    made.compile = alone
    return made


@contextmanager
def _held(lock: Path) -> Iterator[None]:
    """Within it no other process is, unless this file system locks nothing."""
    with ExitStack() as closing:
        with suppress(OSError):
            fcntl.flock(closing.enter_context(lock.open("ab")), fcntl.LOCK_EX)
        yield


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
