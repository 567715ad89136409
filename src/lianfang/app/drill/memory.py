"""How much memory this process may take: what the machine has, or less where it runs in a container."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_LIMITS = {"": ("", "memory.max"), "memory": ("memory", "memory.limit_in_bytes")}
"""Of version 2 and version 1 of Linux's control groups: by controller, the folder and the file of a limit."""


def allowed_bytes(root: Path = Path("/")) -> int:
    """The memory of the machine, or the least limit of the control groups that this process is in (``root``: where
    Linux tells of them). A group says ``max``, or a number beyond all memory, where it has no limit."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([machine, *_limits(root)])


def _limits(root: Path) -> Iterator[int]:
    for controller, group in _groups(root):
        folder, name = _LIMITS[controller]
        top = root / "sys/fs/cgroup" / folder
        # In a container the group's own path may be the host's: what is mounted at the top is the container's then.
        own = top / group.lstrip("/")
        for at in {top, own, *(above for above in own.parents if above.is_relative_to(top))}:
            try:
                yield int((at / name).read_text("ascii"))
            except (OSError, ValueError):
                continue


def _groups(root: Path) -> Iterator[tuple[str, str]]:
    """Each control group that limits memory: its controller (empty in version 2) and its path."""
    try:
        lines = (root / "proc/self/cgroup").read_text().splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, group = line.split(":", 2)
        for controller in _LIMITS.keys() & controllers.split(","):
            yield controller, group
