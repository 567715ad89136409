"""Bar 43: every package by its hash, a bill of materials, stored advisories, no secret in the tree."""

from __future__ import annotations

import base64
import json
import re
import secrets
from pathlib import Path

import pytest

from tests.hardening import packages, secrets_scan
from tests.hardening.packages import Package, bill, locked, stored, weak

ROOT = Path(__file__).resolve().parents[2]


def test_bar_43_every_package_of_both_locks_has_a_hash() -> None:
    found = locked()
    assert {p.registry for p in found} == {"pypi", "npm"} and len(found) > 200
    assert [p.purl for p in found if not p.hashes] == []
    weaker = [p.purl for p in found for algorithm, digest in p.hashes if len(digest) * 4 < 256]
    assert weaker == []


def test_bar_43_a_package_without_one_version_is_refused() -> None:
    with pytest.raises(ValueError, match="no package of one version"):
        list(packages.python_packages("django>=5.2\n"))


def test_bar_43_the_installer_asks_for_hashes_and_the_locks_name_no_address() -> None:
    run = (ROOT / "run").read_text("utf-8")
    installs = [line for line in run.splitlines() if re.search(r"pip (sync|install)", line) and "--no-deps" not in line]
    assert installs and all("--require-hashes" in line for line in installs)
    assert "npm ci" in (ROOT / "hatch_build.py").read_text("utf-8").replace('", "', " ")
    assert "://" not in packages.PYTHON_LOCK.read_text("utf-8")
    assert '"resolved"' not in packages.WEB_LOCK.read_text("utf-8")


def test_bar_43_the_bill_of_materials_has_each_package_once(tmp_path: Path) -> None:
    assert packages.main(["--sbom", str(tmp_path / "bill.json")]) == 0
    made = json.loads((tmp_path / "bill.json").read_text("utf-8"))
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    named = [part["purl"] for part in made["components"]]
    assert len(named) == len(set(named)) and set(named) == {p.purl for p in locked()}
    assert {"pkg:npm/%40ant-design/icons@", "pkg:pypi/django@"} <= {p[: p.rfind("@") + 1] for p in named}
    assert made == bill(locked(), "0.1.0") or made["metadata"]["component"]["version"] != "0.1.0"


def test_bar_43_no_locked_package_has_a_stored_advisory() -> None:
    assert [(f.package.purl, f.advisory, f.repair) for f in weak(locked(), stored())] == []


@pytest.mark.parametrize(
    ("registry", "name", "version", "advisory"),
    [
        ("pypi", "django", "5.2.7", "CVE-2025-64459"),
        ("pypi", "django-allauth", "65.12.1", "CVE-2025-65431"),
        ("pypi", "pyjwt", "2.10.0", "CVE-2024-53861"),
        ("npm", "vite", "6.2.2", "CVE-2025-30208"),
        ("npm", "@babel/runtime", "7.26.9", "CVE-2025-27789"),
        ("npm", "debug", "4.4.2", "CVE-2025-59144"),
    ],
)
def test_bar_43_an_old_version_is_found(registry: str, name: str, version: str, advisory: str) -> None:
    found = weak([*locked(), Package(registry, name, version, ())], stored())
    assert advisory in {f.advisory for f in found} and {f.package.version for f in found} == {version}
    assert all(f.repair for f in found)


def test_bar_43_an_old_version_in_a_lock_fails_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    older = re.sub(r"(?m)^django==\S+", "django==5.2.1", packages.PYTHON_LOCK.read_text("utf-8"))
    (tmp_path / "requirements.lock").write_text(older, "utf-8")
    assert packages.main(["--advisories"]) == 0
    monkeypatch.setattr(packages, "PYTHON_LOCK", tmp_path / "requirements.lock")
    assert packages.main(["--advisories"]) == 1
    assert "pkg:pypi/django@5.2.1: CVE-2025-64459: take" in capsys.readouterr().out


def test_bar_43_every_stored_advisory_is_whole() -> None:
    advisories = stored()["advisory"]
    assert len(advisories) >= 30
    assert len({a["id"] for a in advisories}) == len(advisories)
    names = {(p.registry, p.name) for p in locked()}
    for advisory in advisories:
        assert (advisory["registry"], advisory["package"]) in names, advisory["id"]
        assert advisory["affected"] and advisory["what"] and advisory["source"].startswith("https://")


def test_bar_43_no_secret_is_tracked() -> None:
    files = secrets_scan.tracked()
    assert len(files) > 200
    assert list(secrets_scan.scan(files)) == []


@pytest.mark.parametrize("what", ["key", "cloud", "forge", "address", "named", "jwt"])
def test_bar_43_a_planted_secret_is_found(what: str, tmp_path: Path) -> None:
    random = secrets.token_urlsafe(48)
    planted = {
        "key": "-----BEGIN " + "PRIVATE KEY-----\n" + base64.b64encode(random.encode()).decode() + "\n",
        "cloud": "AKI" + "A" + "Q3EGRXZK2M5LWT7P",
        "forge": "gh" + "p_" + ("aB3" * 12),
        "address": "postgresql" + "://keeper:" + random + "@db.example/lianfang",
        "named": 'MASTER_KEY = "' + random + '"',
        "jwt": ".".join(["ey" + "J" + base64.urlsafe_b64encode(b"a" * 12).decode(), "eyJ" + random, random]),
    }[what]
    (tmp_path / "settings.py").write_text(f"\n{planted}\n", "utf-8")
    assert [hit.line for hit in secrets_scan.scan([tmp_path / "settings.py"], tmp_path)][:1] == [2]


def test_bar_43_ignored_files_hold_what_must_not_be_tracked() -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8")
    tracked = {file.relative_to(ROOT).as_posix() for file in secrets_scan.tracked()}
    assert not {name for name in tracked if re.search(r"(^|/)(\.env|secrets|.*\.(pem|key|p12|pfx|db|sqlite3?))$", name)}
    assert ".venv" in ignored
