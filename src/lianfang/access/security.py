"""The security log: who did or tried what that matters for security. One event a line, codes only, never a name.

``lianfang.app.security`` says how a line looks and where it goes; this is what every room calls.
"""

from __future__ import annotations

import logging
import re
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Final
from uuid import UUID

if TYPE_CHECKING:  # logging is set up before the applications are
    from lianfang.access.viewer import Viewer
    from lianfang.facts.log import Principal

Code = str | int | float | bool | UUID | date | Enum | None

LOGGER: Final = logging.getLogger("lianfang.security")
NO_CODE: Final = "(not a code)"
MOST_IN_A_LIST: Final = 50

# A code is short and plain. What looks like a mobile number or a resident identity number is never one.
_CODE = re.compile(r"(?!1\d{10}\Z)(?!\d{15}\Z)(?!\d{17}[\dXx]\Z)[A-Za-z0-9_.:/+-]{0,128}")


def log(
    event: str,
    *,
    viewer: Viewer | Principal | None = None,
    outcome: str = "ok",
    **codes: Code | list[Code] | tuple[Code, ...],
) -> None:
    """Writes one event.

    ``event`` and ``outcome`` are codes (``sign_in``, ``refused``); any outcome but ``ok`` is a warning. ``codes`` say
    of what: ids, counts, codes of divisions, never what a person typed. A value that is no code is not written; its
    place says so.
    """
    told: dict[str, object] = {"event": _plain(event), "outcome": _plain(outcome)}
    if viewer is not None:
        told |= {"actor": _plain(viewer.author), "device": _plain(viewer.device)}
        told |= {name: _plain(getattr(viewer, name)) for name in ("role", "area") if hasattr(viewer, name)}
    told |= {name: _told(value) for name, value in codes.items() if name not in told}
    LOGGER.log(logging.INFO if outcome == "ok" else logging.WARNING, "%s", event, extra={"told": told})


def _told(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value[:MOST_IN_A_LIST]]
    return _plain(value)


def _plain(value: object) -> object:
    """``value`` as JSON has it, where it is a code."""
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (str, UUID)) and _CODE.fullmatch(str(value)):
        return str(value)
    return NO_CODE
