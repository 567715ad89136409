"""A certificate of an office's own: good for its host and nothing else, made once, renewed in time."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from lianfang.app import certificate

NOW = datetime.now(UTC)


def shaken(own: certificate.Own, trusted: Path, name: str) -> str | None:
    """The version of TLS that a client which trusts a root agrees on with a server; None where it does not trust."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(own.certificate, own.key)
    client = ssl.create_default_context(cafile=str(trusted))
    ours, theirs = socket.socketpair()
    with ours, theirs:

        def serve() -> None:
            with contextlib.suppress(ssl.SSLError, OSError):
                server.wrap_socket(theirs, server_side=True).close()

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            with client.wrap_socket(ours, server_hostname=name) as agreed:
                return agreed.version()
        except ssl.SSLCertVerificationError:
            return None
        finally:
            ours.close()
            thread.join(10)


@pytest.mark.parametrize("host", ["192.168.1.5", "lianfang.example.org", "fd00::5"])
def test_a_client_that_trusts_the_root_trusts_this_host_alone(tmp_path: Path, host: str) -> None:
    own = certificate.own(tmp_path / "tls", host, now=NOW)
    assert shaken(own, own.root, host) == "TLSv1.3"
    assert shaken(own, own.root, "192.168.1.6") is None
    other = certificate.own(tmp_path / "other", host, now=NOW)
    assert shaken(own, other.root, host) is None


def test_it_is_made_once_and_anew_before_it_ends_or_for_another_host(tmp_path: Path) -> None:
    folder = tmp_path / "tls"

    def print_of(host: str, days: float) -> str:
        return certificate.fingerprint(certificate.own(folder, host, now=NOW + timedelta(days=days)).root)

    first = print_of("10.0.0.1", 0)
    assert first.count(":") == 31 and print_of("10.0.0.1", 364) == first
    assert print_of("10.0.0.1", 366) != first
    assert print_of("10.0.0.2", 366) != print_of("10.0.0.1", 366)
    assert {oct(file.stat().st_mode)[-3:] for file in folder.iterdir()} == {"600"}
    assert sorted(file.name for file in folder.iterdir()) == ["certificate.pem", "key.pem", "root.pem"]


def test_phones_are_given_the_root_and_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = certificate.own(tmp_path, "10.0.0.1", now=NOW)
    monkeypatch.delenv(certificate.ROOT, raising=False)
    assert certificate.for_phones() is None
    monkeypatch.setenv(certificate.ROOT, str(own.root))
    given = certificate.for_phones()
    assert given is not None and x509.load_der_x509_certificate(given).extensions.get_extension_for_class(
        x509.NameConstraints
    )
    assert b"PRIVATE" not in own.root.read_bytes() + own.certificate.read_bytes()
