"""Diseases as dated, cited data: definitions, windows, clocks, delays, and the dictionary of the field's words."""

from __future__ import annotations

from functools import cache

from lianfang.profiles.disease.areas import Listed, epidemic_areas, listed, was_listed
from lianfang.profiles.disease.load import FOLDER, load_profile, load_terms
from lianfang.profiles.disease.parts import (
    Alias,
    Alternative,
    AsymptomaticRule,
    Citation,
    Clocks,
    ClusterRule,
    ContactRule,
    Delay,
    DischargeRule,
    Edition,
    Item,
    NoEdition,
    NoProfile,
    Profile,
    ProfileFault,
    Slot,
    Source,
    Term,
    TestRule,
)

__all__ = [
    "Alias",
    "Alternative",
    "AsymptomaticRule",
    "Citation",
    "Clocks",
    "ClusterRule",
    "ContactRule",
    "Delay",
    "DischargeRule",
    "Edition",
    "Item",
    "Listed",
    "NoEdition",
    "NoProfile",
    "Profile",
    "ProfileFault",
    "Slot",
    "Source",
    "Term",
    "TestRule",
    "epidemic_areas",
    "groups",
    "listed",
    "official",
    "profile",
    "profiles",
    "term",
    "terms",
    "was_listed",
]


@cache
def _dictionary() -> dict[str, tuple[Term, ...]]:
    return load_terms(FOLDER / "terms.toml")


@cache
def profiles() -> tuple[Profile, ...]:
    """All profiles, by code."""
    folders = sorted(path.parent for path in FOLDER.glob("*/profile.toml"))
    return tuple(load_profile(folder, _dictionary()) for folder in folders)


def profile(code: str) -> Profile:
    """The profile of a disease; NoProfile names those that there are."""
    for found in profiles():
        if found.code == code:
            return found
    raise NoProfile(f"no profile {code}; there are {', '.join(p.code for p in profiles())}")


def groups() -> tuple[str, ...]:
    """The groups of the dictionary."""
    return tuple(_dictionary())


def terms(group: str) -> tuple[Term, ...]:
    """The terms of a group, in the order in which they are shown. KeyError names the groups that there are."""
    try:
        return _dictionary()[group]
    except KeyError:
        raise KeyError(f"no group {group}; there are {', '.join(_dictionary())}") from None


def term(group: str, code: str) -> Term:
    """One term. KeyError names those that there are."""
    for found in terms(group):
        if found.code == code:
            return found
    raise KeyError(f"no {group} {code}; there are {', '.join(t.code for t in terms(group))}")


def official(zh: str) -> str:
    """The wording that is written for one that was read (居家医学观察 for 居家医学管理), else the same."""
    return next((a.means for a in terms("aliases") if isinstance(a, Alias) and a.zh == zh), zh)
