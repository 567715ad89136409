"""Templates of notices as somebody may use them, with the languages of the operator's files."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from lianfang.access.matrix import require
from lianfang.access.viewer import Viewer
from lianfang.capabilities.command.queries.levels import READ
from lianfang.capabilities.command.rules.templates import Language
from lianfang.capabilities.command.rules.templates import languages as read

logger = logging.getLogger(__name__)


def languages(viewer: Viewer, files: Sequence[Path]) -> list[Language]:
    """Chinese, English, and of the files those that can be used; of another the log tells. Raises Forbidden."""
    require(viewer, READ)
    texts = []
    for file in files:
        try:
            text = file.read_text("utf-8")
            read([text])
        except (OSError, ValueError) as error:
            logger.warning("%s cannot be used as a language of templates: %s", file, error)
        else:
            texts.append(text)
    return read(texts)
