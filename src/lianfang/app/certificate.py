"""A certificate of an office's own, for phones that reach Lianfang over a network that no authority certifies.

A root that is made with it signs it and nothing else ever: its key is thrown away, and it holds for this one host.
Phones are told to trust that root, whose fingerprint comes with the code that enrols them.
"""

from __future__ import annotations

import ipaddress
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ROOT: Final = "LIANFANG_TRUST"
"""The file of the root that phones are to trust, where Lianfang made it."""
HOLDS: Final = timedelta(days=395)
"""Browsers take no certificate for longer than 398 days (CA/Browser Forum, Baseline Requirements 6.3.2)."""
RENEWED: Final = timedelta(days=30)
"""So long before its end another one is made at a start."""
EARLIER: Final = timedelta(days=1)
"""It holds from a day ago: phones' clocks are slow."""


class Own(NamedTuple):
    """Files in PEM."""

    certificate: Path
    key: Path
    root: Path


def own(folder: Path, host: str, *, now: datetime) -> Own:
    """The certificate for ``host``, a name or an address; made anew where there is none, or one of another host, or one
    that ends soon. Raises OSError."""
    files = Own(folder / "certificate.pem", folder / "key.pem", folder / "root.pem")
    if not all(file.is_file() for file in files) or not _fits(files.certificate, host, now):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for file, content in zip(files, _made(host, now), strict=True):
            _write(file, content)
    return files


def fingerprint(root: Path) -> str:
    """SHA-256 of the certificate, as phones show it: pairs of digits with colons."""
    return x509.load_pem_x509_certificate(root.read_bytes()).fingerprint(hashes.SHA256()).hex(":").upper()


def for_phones() -> bytes | None:
    """The root in DER, as Android takes it; None where Lianfang made none."""
    file = os.environ.get(ROOT)
    if not file:
        return None
    return x509.load_pem_x509_certificate(Path(file).read_bytes()).public_bytes(serialization.Encoding.DER)


def _fits(file: Path, host: str, now: datetime) -> bool:
    found = x509.load_pem_x509_certificate(file.read_bytes())
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return list(names) == [_name(host)] and found.not_valid_after_utc - now > RENEWED


def _name(host: str) -> x509.DNSName | x509.IPAddress:
    try:
        return x509.IPAddress(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return x509.DNSName(host)


def _only(host: str) -> x509.DNSName | x509.IPAddress:
    """As a constraint on names: an address is the network of itself."""
    name = _name(host)
    return x509.IPAddress(ipaddress.ip_network(name.value)) if isinstance(name, x509.IPAddress) else name


def _made(host: str, now: datetime) -> tuple[bytes, bytes, bytes]:
    """Certificate, key and root in PEM."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Lianfang {host}"[:64])])
    root = (
        _begun(issuer, issuer, root_key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.NameConstraints([_only(host)], None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    certificate = (
        _begun(x509.Name([]), issuer, key.public_key(), now)
        .add_extension(x509.SubjectAlternativeName([_name(host)]), critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return certificate.public_bytes(pem), plain, root.public_bytes(pem)


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - EARLIER)
        .not_valid_after(now.astimezone(UTC) + HOLDS)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs, key_cert_sign=signs, crl_sign=False, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _write(file: Path, content: bytes) -> None:
    """For the owner's eyes only, whole or not at all."""
    new = file.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
    new.replace(file)
