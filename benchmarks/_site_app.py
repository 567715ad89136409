"""What the gate does with an address of the public site, alone: the folder is named by the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.app.settings")

from lianfang.app.publication.serving import Files  # isort: skip  # it reads the settings

FILES = Files(Path(os.environ["SITE_FOLDER"]))


class Application:
    """As ``gate.Gate`` answers it."""

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        proto.response_bytes(*FILES.answer(scope))


application = Application()
