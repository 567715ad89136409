"""No committed file names a package registry or a mirror of one: which index serves is the user's to say."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Put together here, so that this file does not hold them.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("npmmirror", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("proxy", "golang", "org"),
        ("crates", "io"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
        ("tuna", "tsinghua", "edu"),
        ("mirrors", "aliyun", "com"),
    )
]


def committed() -> list[Path]:
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-z"], capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: what is committed is not known")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_no_registry_is_named() -> None:
    named = re.compile("|".join(map(re.escape, HOSTS)).encode())
    found = [path.relative_to(ROOT).as_posix() for path in committed() if named.search(path.read_bytes())]
    assert found == []


def test_every_locked_package_has_a_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.split(r"\n(?=[a-z0-9])", lock)
    assert len(packages) > 50
    assert [p.splitlines()[0] for p in packages if "==" in p.splitlines()[0] and "--hash=sha256:" not in p] == []
    assert not re.search(r"https?://|--(extra-)?index|--find-links", lock)


def test_the_npm_lock_has_hashes_and_no_addresses() -> None:
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    fetched = {name: about for name, about in packages.items() if name and not about.get("link")}
    assert fetched
    assert [name for name, about in fetched.items() if "resolved" in about] == []
    assert [name for name, about in fetched.items() if not about.get("integrity") and not about.get("inBundle")] == []


def test_the_fonts_are_not_ours_to_ship() -> None:
    assert [path.name for path in committed() if path.suffix in {".ttf", ".otf", ".woff", ".woff2", ".ttc"}] == []
