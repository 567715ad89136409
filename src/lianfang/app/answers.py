"""How answers are written: as JSON, in the form that Django and Ninja give to times, in a third of their time."""

from __future__ import annotations

from typing import Any, Final

import orjson
from django.http import HttpRequest
from ninja.renderers import JSONRenderer

_PLAIN: Final = JSONRenderer.encoder_class().default
_HOW: Final = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS


class Answers(JSONRenderer):
    """Times have milliseconds and a Z, as everywhere in the API."""

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> Any:
        try:
            return orjson.dumps(data, _PLAIN, _HOW)
        except orjson.JSONEncodeError:  # half a character that somebody has sent, told in an error: escaped
            return super().render(request, data, response_status=response_status)
