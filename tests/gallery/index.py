"""The page on which all pictures stand side by side: one file beside them, read from the disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

from tests.gallery.camera import Picture

STATES = {
    "open": ("打开", "open"),
    "loading": ("载入中", "loading"),
    "error": ("出错", "error"),
    "offline": ("断网", "offline"),
    "no right": ("无权", "no right"),
    "empty": ("空", "empty"),
    "dark": ("深色", "dark"),
}
STYLE = """
body { margin: 24px; font: 15px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; color: #17252d; background: #f4f7f8 }
nav { columns: 4 220px; margin-bottom: 24px } nav a { display: block }
h2 { margin: 32px 0 4px; border-bottom: 1px solid #b9c5cc }
h3 { margin: 12px 0 4px; font-size: 15px }
.row { display: flex; flex-wrap: wrap; gap: 12px; align-items: flex-start }
figure { margin: 0; padding: 6px; background: #fff; border: 1px solid #dde4e8; border-radius: 6px }
figure.found { border: 3px solid #b3261e }
img { display: block; height: 220px; max-width: 320px; object-fit: cover; object-position: top }
figcaption { max-width: 320px; font-size: 12px } .bad { color: #b3261e; overflow-wrap: anywhere }
"""


def page(pictures: Sequence[Picture], roles: Mapping[str, tuple[str, str]], failed: Sequence[str]) -> str:
    """``roles``: their names in Chinese and English. ``failed``: pages that could not be taken."""
    found = sum(bool(one.found) for one in pictures)
    parts = [
        "<!doctype html><html lang='zh-CN'><meta charset='utf-8'><title>Lianfang 联防</title>",
        f"<style>{STYLE}</style><h1>Lianfang 联防：页面图集 · Gallery</h1>",
        f"<p>{len(pictures)} 张，{found} 张有问题 · {len(pictures)} pictures, {found} with findings</p>",
        "".join(f"<p class='bad'>{escape(one)}</p>" for one in failed),
        "<nav>" + "".join(f"<a href='#{role}'>{_role(roles, role)}</a>" for role in _roles(pictures)) + "</nav>",
    ]
    for role in _roles(pictures):
        parts.append(f"<h2 id='{role}'>{_role(roles, role)}</h2>")
        of_role = [one for one in pictures if one.role == role]
        for room, its in groupby(of_role, key=lambda one: one.room):
            parts.append(f"<h3><code>#{escape(room)}</code></h3><div class='row'>{''.join(map(_figure, its))}</div>")
    return "\n".join(parts) + "\n"


def _roles(pictures: Sequence[Picture]) -> list[str]:
    return list(dict.fromkeys(one.role for one in pictures))


def _role(roles: Mapping[str, tuple[str, str]], role: str) -> str:
    return escape(" · ".join(roles.get(role, (role, role))))


def _figure(one: Picture) -> str:
    said = [" · ".join(STATES[name]) for name in STATES if name in one.state]
    named = escape(f"{one.lang} {one.width} {', '.join(said)} {one.state if 'open' in one.state else ''}".strip())
    bad = "".join(f"<span class='bad'><br>{escape(line[:200])}</span>" for line in one.found)
    return (
        f"<figure{' class=found' if one.found else ''}><a href='{escape(one.file)}'>"
        f"<img src='{escape(one.file)}' alt='{named}' loading='lazy'></a><figcaption>{named}{bad}</figcaption></figure>"
    )
