"""What Lianfang is made of: the packages of both locks, as a bill of materials, and what is known to be weak in them.

``python -m tests.hardening.packages --sbom FILE`` writes the bill (CycloneDX 1.6, JSON); ``--advisories`` compares both
locks with the stored advisories and ends with 1 where a package has one.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from packaging.specifiers import SpecifierSet
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
PYTHON_LOCK = ROOT / "requirements.lock"
WEB_LOCK = ROOT / "web" / "package-lock.json"
ADVISORIES = Path(__file__).with_name("advisories.toml")
NAMESPACE = uuid.UUID("6f8d9c1e-6a43-5c0e-9d0b-3a1a1f4e2b77")


@dataclass(frozen=True)
class Package:
    """One package in one version. ``hashes`` are (algorithm as CycloneDX names it, hexadecimal)."""

    registry: str
    name: str
    version: str
    hashes: tuple[tuple[str, str], ...]
    licence: str = ""
    building: bool = False
    """True where only building and testing need it."""

    @property
    def purl(self) -> str:
        return f"pkg:{self.registry}/{quote(self.name, safe='/')}@{quote(self.version)}"


@dataclass(frozen=True)
class Finding:
    """A package of a lock to which an advisory applies."""

    advisory: str
    package: Package
    repair: str


def python_packages(lock: str) -> Iterator[Package]:
    """The packages of a lock that pip reads with ``--require-hashes``."""
    for block in re.split(
        r"\n(?=\S)", "\n".join(line for line in lock.splitlines() if not line.strip().startswith("#"))
    ):
        if found := re.match(r"([A-Za-z0-9_.-]+)==([^\s;\\]+)", block):
            hashes = tuple(("SHA-256", digest) for digest in re.findall(r"--hash=sha256:([0-9a-f]{64})\b", block))
            yield Package("pypi", found[1], found[2], hashes)
        elif block.strip():
            raise ValueError(f"no package of one version: {block[:80]!r}")


def web_packages(lock: str) -> Iterator[Package]:
    """The packages of npm's lock (version 3)."""
    for path, entry in json.loads(lock)["packages"].items():
        if not path:
            continue
        algorithm, _, digest = entry.get("integrity", "").partition("-")
        hashes = ((f"SHA-{algorithm[3:]}", base64.b64decode(digest).hex()),) if digest else ()
        name = path.rpartition("node_modules/")[2]
        yield Package("npm", name, entry["version"], hashes, str(entry.get("license", "")), bool(entry.get("dev")))


def locked() -> list[Package]:
    """The packages of both locks."""
    return [
        *python_packages(PYTHON_LOCK.read_text("utf-8")),
        *web_packages(WEB_LOCK.read_text("utf-8")),
    ]


def bill(packages: Sequence[Package], version: str) -> dict[str, Any]:
    """A bill of materials; the same packages give the same bytes."""
    unique = {package.purl: package for package in packages}
    parts = [
        {
            "type": "library",
            "bom-ref": purl,
            "name": package.name,
            "version": package.version,
            "purl": purl,
            "scope": "excluded" if package.building else "required",
            "hashes": [{"alg": algorithm, "content": digest} for algorithm, digest in package.hashes],
            **({"licenses": [{"expression": package.licence}]} if package.licence else {}),
        }
        for purl, package in sorted(unique.items())
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, json.dumps([version, parts]))}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "lianfang", "version": version}},
        "components": parts,
    }


def weak(packages: Sequence[Package], advisories: dict[str, Any]) -> list[Finding]:
    """What the stored advisories know of ``packages``."""
    found = []
    for package in packages:
        for advisory in advisories["advisory"]:
            if (advisory["registry"], advisory["package"]) != (package.registry, package.name):
                continue
            if any(SpecifierSet(r).contains(Version(package.version), prereleases=True) for r in advisory["affected"]):
                found.append(Finding(advisory["id"], package, advisory["repair"]))
    return found


def stored() -> dict[str, Any]:
    """The stored advisories."""
    return tomllib.loads(ADVISORIES.read_text("utf-8"))


def main(argv: Sequence[str] | None = None) -> int:
    top = argparse.ArgumentParser(prog="python -m tests.hardening.packages", description=__doc__)
    top.add_argument("--sbom", metavar="FILE", help="write the bill of materials; - for standard output")
    top.add_argument("--advisories", action="store_true", help="compare both locks with the stored advisories")
    options = top.parse_args(argv)
    if options.sbom:
        version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
        text = json.dumps(bill(locked(), version), indent=1) + "\n"
        if options.sbom == "-":
            sys.stdout.write(text)
        else:
            Path(options.sbom).write_text(text, "utf-8")
    findings = weak(locked(), stored()) if options.advisories else []
    for finding in findings:
        print(f"{finding.package.purl}: {finding.advisory}: {finding.repair}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
