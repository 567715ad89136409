"""How names are looked for: in Chinese, in pinyin or its initials, or in English, by as much as was typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Final

NOT_MEANT: Final = 3
"""The rank of what nobody can mean who has typed this."""


def plain(text: str) -> str:
    """Small letters without accents, and no spaces or marks between them: Xi'an → xian, Ürümqi → urumqi."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(one for one in apart if one.isalnum())


def forms(names: Iterable[str]) -> tuple[str, ...]:
    """The forms of a name, each once, as ``rank`` compares them."""
    return tuple(dict.fromkeys(form for name in names if (form := plain(name))))


def spelled(name: str, read: Callable[[str], str]) -> tuple[str, ...]:
    """The forms of a name of which nothing but the name is known; ``read`` gives a character's pinyin, or nothing."""
    syllables = [read(one) or one for one in name]
    return forms((name, "".join(syllables), "".join(one[:1] for one in syllables)))


def rank(asked: str, names: Sequence[str]) -> int:
    """0: it is meant; 1: it begins so; 2: it stands within, which two letters of the Latin alphabet do not tell. Of
    several forms the best; both sides as ``plain`` gives them."""
    return min((_rank(asked, form) for form in names), default=NOT_MEANT)


def _rank(asked: str, form: str) -> int:
    if form == asked:
        return 0
    if form.startswith(asked):
        return 1
    return 2 if asked in form and (len(asked) > 2 or not asked.isascii()) else NOT_MEANT
