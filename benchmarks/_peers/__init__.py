"""Peers that do not go with Lianfang's packages: each in an environment of its own, in a version that is named.

They are installed when they are first asked, into ``.build/peers``, from the index that the machine's settings name.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / ".build" / "peers"
VERSIONS = {
    "covasim": "covasim==4.0.1",
    "epyestim": "epyestim==0.1",
    "laser": "laser-generic==1.1.0",
    "starsim": "starsim==3.7.2",
}


def ask(peer: str, **asked: Any) -> dict[str, Any]:
    """What ``with_PEER.py`` prints, given ``asked``; both are JSON objects. Raises SystemExit where it fails."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [_python(peer), str(Path(__file__).with_name(f"with_{peer}.py"))],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        env={**surroundings, "MPLBACKEND": "agg"},
    )
    if done.returncode:
        raise SystemExit(f"{VERSIONS[peer]} failed: {done.stderr.strip()[-500:]}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _python(peer: str) -> Path:
    """The Python of the peer's environment, which is made where it is not there or not of the version."""
    folder = FOLDER / peer
    made, python = folder / "made", folder / "bin" / "python"
    if not made.exists() or made.read_text(encoding="utf-8") != VERSIONS[peer]:
        print(f"installing {VERSIONS[peer]} …", file=sys.stderr, flush=True)
        uv = [sys.executable, "-m", "uv"]
        for command in (
            [*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)],
            [*uv, "pip", "install", "--quiet", "--python", str(python), VERSIONS[peer]],
        ):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                why = done.stderr.strip()[-500:]
                raise SystemExit(f"{VERSIONS[peer]} could not be installed; a package index must be reachable: {why}")
        made.write_text(VERSIONS[peer], encoding="utf-8")
    return python
