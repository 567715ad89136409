"""Finds secrets in files: keys, tokens and passwords that somebody committed."""

from __future__ import annotations

import math
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[2]
LARGEST: Final = 4 * 2**20  # bytes; a larger file is data
ENTROPY: Final = 4.0  # bits a character: words and paths have less

PATTERNS: Final = {
    "private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{20}"),
    "cloud key": re.compile(r"\b(?:AKIA|ASIA|LTAI)[A-Za-z0-9]{16,20}\b"),
    "forge token": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|glpat-[\w-]{20}|npm_[A-Za-z0-9]{36}|pypi-[\w-]{60,})"),
    "chat token": re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    "signed token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    "password in an address": re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s:/@'\"{}<>]{1,64}:[^\s/@'\"{}<>]{8,}@[\w.-]+"),
}
NAMED: Final = re.compile(
    r"(?i)\b[\w.-]*(?:secret|password|passwd|token|api_?key|master_?key|private_?key)[\w.-]*['\"]?\s*[:=]\s*"
    r"['\"]([A-Za-z0-9+/_=-]{20,})['\"]"
)


class Hit(NamedTuple):
    path: str
    line: int
    what: str


def tracked(root: Path = ROOT) -> list[Path]:
    """The files that git tracks; of a tree without git, all but what is installed or built."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=False)
    if done.returncode == 0:
        return [root / name for name in done.stdout.decode().split("\0") if name]
    skipped = {".venv", ".build", "node_modules", ".git", "static"}
    return [p for p in root.rglob("*") if p.is_file() and not skipped & set(p.relative_to(root).parts)]


def hits(text: str, path: str = "") -> Iterator[Hit]:
    """Every secret in a text."""
    for what, pattern in PATTERNS.items():
        for found in pattern.finditer(text):
            yield Hit(path, text.count("\n", 0, found.start()) + 1, what)
    for found in NAMED.finditer(text):
        if entropy(found[1]) >= ENTROPY:
            yield Hit(path, text.count("\n", 0, found.start()) + 1, "value of a secret's name")


def entropy(text: str) -> float:
    """Bits a character, by how often each occurs."""
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values())


def scan(files: list[Path], root: Path = ROOT) -> Iterator[Hit]:
    """Every secret in files; what is no text is passed over."""
    for file in files:
        if not file.is_file() or file.stat().st_size > LARGEST:
            continue
        raw = file.read_bytes()
        if b"\0" not in raw:
            yield from hits(raw.decode("utf-8", "replace"), file.relative_to(root).as_posix())
