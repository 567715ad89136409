"""The single sign-on providers of the operator's file, as allauth has them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

FIELDS: Final = {"id", "name", "server_url", "client_id", "secret"}
_ID = re.compile(r"[a-z0-9-]{1,40}\Z")


class ProvidersError(Exception):
    """The file of providers cannot be used; the message says why and where."""


def read(path: Path) -> list[dict[str, Any]]:
    """``[[provider]]`` tables with ``id``, ``name``, ``server_url``, ``client_id`` and ``secret``, each as allauth's
    configuration of an OpenID Connect provider. Raises ProvidersError."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ProvidersError(f"LIANFANG_OIDC: {path} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProvidersError(f"LIANFANG_OIDC: {path} is no TOML: {error}") from None
    rows = content.get("provider", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ProvidersError(f"LIANFANG_OIDC: {path}: each provider is a [[provider]] table")
    apps = [_app(row, f"LIANFANG_OIDC: {path}, provider {number}") for number, row in enumerate(rows, start=1)]
    names = [app["provider_id"] for app in apps]
    if len(set(names)) < len(names):
        raise ProvidersError(f"LIANFANG_OIDC: {path}: two providers have the same id")
    return apps


def _app(row: dict[str, Any], where: str) -> dict[str, Any]:
    for field in sorted(FIELDS):
        if not isinstance(row.get(field), str) or not row[field]:
            raise ProvidersError(f"{where}: {field} is needed, as text")
    if unknown := sorted(row.keys() - FIELDS):
        raise ProvidersError(f"{where}: {unknown[0]} is not known; there are {', '.join(sorted(FIELDS))}")
    if not _ID.match(row["id"]):
        raise ProvidersError(f"{where}: id has small letters, digits and hyphens, at most 40")
    server = urlsplit(row["server_url"])
    if not server.hostname or (server.scheme != "https" and server.hostname not in ("localhost", "127.0.0.1")):
        raise ProvidersError(f"{where}: server_url begins with https://")
    return {
        "provider_id": row["id"],
        "name": row["name"],
        "client_id": row["client_id"],
        "secret": row["secret"],
        "settings": {"server_url": row["server_url"], "oauth_pkce_enabled": True, "fetch_userinfo": False},
    }
