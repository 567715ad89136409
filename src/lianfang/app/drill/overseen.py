"""A drill that is loaded whole is overseen once: its boards have findings and lots from the start."""

from __future__ import annotations

from typing import Final

import orjson

from lianfang.app.drill import files
from lianfang.app.drill.space import Space

INSPECTOR: Final = "inspector"
OVERSEEN: Final = "overseen"
"""In the drill's mark: that it was."""


def oversee(here: Space) -> Space:
    """Raises findings and draws lots on the morning after the drill; the space, whose mark tells of it. Of the sealed
    truth only what households say is used, where one is asked again."""
    if here.mark.get(OVERSEEN):
        return here
    from lianfang.access.viewer import Viewer
    from lianfang.accounts.drills import DEVICE
    from lianfang.accounts.signin import area_range
    from lianfang.capabilities.drills.service import overseeing

    drill = here.drill()
    hat = next((one for one in drill.hats if one.role == INSPECTOR and one.area == drill.area), None)
    if hat is not None:
        viewer = Viewer(hat.code, DEVICE, hat.role, hat.area, *area_range(hat.area))
        with (here.files / files.TRUTH).open("rb") as truth:
            invented = overseeing.made_up(map(orjson.loads, truth))
        overseeing.oversee(viewer, invented, now=drill.ends)
    return here.note(overseen=True)
