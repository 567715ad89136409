"""How names are looked for: in Chinese, in pinyin or its initials, or in English, by as much as was typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Final

NOT_MEANT: Final = 3
"""The rank of what nobody can mean who has typed this."""
BOUND: Final = "|"
"""Between the syllables or words of a form: what is typed in Latin letters begins at one of them."""


def plain(text: str) -> str:
    """Small letters without accents, and no spaces or marks between them: Xi'an → xian, Ürümqi → urumqi."""
    return "".join(_parts(text))


def forms(names: Iterable[str]) -> tuple[str, ...]:
    """The forms of a name, each once, as ``rank`` compares them."""
    return tuple(dict.fromkeys(form for name in names if (form := BOUND.join(_parts(name)))))


def spelled(name: str, read: Callable[[str], str]) -> tuple[str, ...]:
    """The forms of a name of which nothing but the name is known; ``read`` gives a character's pinyin, or nothing."""
    syllables = [read(one) or one for one in name]
    return forms((name, " ".join(syllables), "".join(one[:1] for one in syllables)))


def syllabled(pinyin: str, name: str, read: Callable[[str], str]) -> str:
    """The pinyin of a name with its syllables apart, where they are those that its characters are read as."""
    syllables = " ".join(read(one) for one in name)
    return syllables if plain(syllables) == plain(pinyin) else pinyin


def rank(asked: str, names: Sequence[str]) -> int:
    """0: it is meant; 1: it begins so; 2: it stands within, which two letters of the Latin alphabet do not tell. Of
    several forms the best; ``asked`` as ``plain``, the names as ``forms`` gives them."""
    return min((_rank(asked, form) for form in names), default=NOT_MEANT)


def _parts(text: str) -> list[str]:
    apart = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(one if one.isalnum() else " " for one in apart if not unicodedata.combining(one))
    return kept.split()


def _rank(asked: str, form: str) -> int:
    whole = form.replace(BOUND, "")
    if whole == asked:
        return 0
    if whole.startswith(asked):
        return 1
    if asked not in whole or (asked.isascii() and len(asked) < 3):
        return NOT_MEANT
    return 2 if not asked.isascii() or _begins_further_in(asked, form.split(BOUND)) else NOT_MEANT


def _begins_further_in(asked: str, parts: Sequence[str]) -> bool:
    return any("".join(parts[at:]).startswith(asked) for at in range(1, len(parts)))
