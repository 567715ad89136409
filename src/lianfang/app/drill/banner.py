"""What stands above a page that draws no banner of a drill by itself."""

from __future__ import annotations

from html import escape

from django.conf import settings

from lianfang.accounts import clock
from lianfang.places.queries import area

_LOOKS = "margin:0;padding:4px 16px;background:#7a1f1f;color:#fff;font:13px/1.5 sans-serif;text-align:center"


def banner() -> str:
    """HTML that says what drill this is; empty where it is none."""
    told = words()
    return f'<p class="drill" role="note" style="{_LOOKS}">{told}</p>' if told else ""


def words() -> str:
    """The same without its looks, for a page that has its own."""
    drill = settings.DRILL
    if drill is None:
        return ""
    place = area(None, drill.area)
    zh, en = (place.name, place.en or place.pinyin) if place else (drill.area, drill.area)
    day = drill.day(clock.now())
    english = f'<span lang="en">Drill: not real. {escape(en)}, day {day} of {drill.days}, seed {drill.seed}</span>'
    return f"演练，非真实：{escape(zh)}，第 {day}/{drill.days} 天，种子 {drill.seed} · {english}"
