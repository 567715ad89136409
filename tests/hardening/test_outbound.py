"""Whom Lianfang speaks to: its database, the sign-in services and channels of the operator's files, and nobody else."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.hardening.test_injection import calls, nodes, read_once

__all__ = ["read_once"]

ROOT = Path(__file__).resolve().parents[2]
SPEAKING = {
    "requests",
    "httpx",
    "urllib.request",
    "http.client",
    "aiohttp",
    "smtplib",
    "ftplib",
    "socket",
    "ssl",
    "apprise",
}
MAY_SPEAK = {
    "accounts/signed_in.py": "looks whether the drill beside the demonstration answers, on this machine",
    "accounts/views.py": "names the errors of a sign-in service that is down; allauth does the asking",
    "app/channels/sending.py": "tells the services of the operator's file, and no others",
    "app/serve.py": "looks whether its own address answers",
    "app/postgres.py": "finds a free socket of the machine",
}
FROM_A_REQUEST = {"request", "body", "query"}


def test_only_the_operators_file_names_an_address() -> None:
    """Whatever can open a connection is imported where it has a reason; nothing there takes an address of a request."""
    found = set()
    for kind in (ast.Import, ast.ImportFrom):
        for file, node in nodes(kind):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]  # type: ignore[attr-defined]
            if any(name == one or name.startswith(one + ".") for name in names for one in SPEAKING):
                found.add(file)
    assert found <= set(MAY_SPEAK), found - set(MAY_SPEAK)
    for file, name, call in calls():
        if name.endswith(("urlopen", "redirect", "HttpResponseRedirect")) and call.args:
            used = {node.id for node in ast.walk(call.args[0]) if isinstance(node, ast.Name)}
            assert not used & FROM_A_REQUEST, (file, ast.unparse(call))


def test_a_channel_is_reached_at_the_address_of_the_operators_file_alone() -> None:
    """What is given to Apprise is the ``url`` of a channel, and channels are made by who reads the file."""
    makers = {file for file, name, _ in calls() if name.split(".")[-1] == "Channel"}
    assert makers == {"app/channels/file.py"}
    given = [
        ast.unparse(call.args[0]) for file, name, call in calls()
        if file == "app/channels/sending.py" and name.endswith((".instantiate", ".add"))
    ]  # fmt: skip
    assert sorted(given) == ["channel.url", "service"]


def test_certificates_are_always_checked() -> None:
    """No ``verify=False``, no context that checks nothing."""
    text = "\n".join(file.read_text("utf-8") for file in (ROOT / "src").rglob("*.py"))
    for word in ("verify=False", "CERT_NONE", "check_hostname", "_create_unverified_context", "NODE_TLS_REJECT"):
        assert word not in text, word
