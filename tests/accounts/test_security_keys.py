"""Security keys as second factor, with an authenticator made of software."""

from __future__ import annotations

import os
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from lianfang.app.database import Database
from tests.accounts.people import AUTH, PASSWORD, Browser, first_administrator

ORIGIN = "https://localhost"
PRESENT = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class SecurityKey:
    """One credential for one host."""

    def __init__(self, host: str = "localhost") -> None:
        self.host, self.id = host, os.urandom(16)
        self.key = ec.generate_private_key(ec.SECP256R1())

    def make(self, options: dict[str, Any], origin: str = ORIGIN) -> dict[str, Any]:
        """What a browser answers to ``navigator.credentials.create``."""
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AuthenticatorData.create(
            sha256(self.host.encode()),
            PRESENT | AuthenticatorData.FLAG.AT,
            0,
            AttestedCredentialData.create(Aaguid.NONE, self.id, public),
        )
        client = self._client("webauthn.create", options["challenge"], origin)
        sent = {
            "clientDataJSON": client.b64,
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._credential(sent)

    def get(self, options: dict[str, Any], origin: str = ORIGIN) -> dict[str, Any]:
        """What a browser answers to ``navigator.credentials.get``."""
        data = AuthenticatorData.create(sha256(self.host.encode()), PRESENT, 1)
        client = self._client("webauthn.get", options["challenge"], origin)
        signature = self.key.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._credential(
            {
                "clientDataJSON": client.b64,
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
            }
        )

    def _client(self, type: str, challenge: str, origin: str) -> CollectedClientData:
        return CollectedClientData.create(type=type, challenge=websafe_decode(challenge), origin=origin)

    def _credential(self, response: dict[str, Any]) -> dict[str, Any]:
        name = websafe_encode(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}


def registered(browser: Browser, key: SecurityKey, origin: str = ORIGIN) -> Any:
    options = browser.ask("GET", f"{AUTH}/account/authenticators/webauthn").json()["data"]["creation_options"]
    assert options["publicKey"]["rp"] == {"id": "localhost", "name": "Lianfang 联防"}
    sent = {"name": "key", "credential": key.make(options["publicKey"], origin)}
    return browser.ask("POST", f"{AUTH}/account/authenticators/webauthn", sent)


def asked(browser: Browser) -> dict[str, Any]:
    """The options of a sign-in that waits for the key."""
    answer = browser.ask("GET", f"{AUTH}/auth/webauthn/authenticate").json()
    options: dict[str, Any] = answer["data"]["request_options"]["publicKey"]
    return options


def test_bar_31_a_security_key_is_a_second_factor(database: Database) -> None:
    first = first_administrator()
    key = SecurityKey()
    assert registered(first, key).status_code == 200
    browser = Browser()
    assert browser.password("first", PASSWORD).status_code == 401
    sent = key.get(asked(browser))
    assert browser.ask("POST", f"{AUTH}/auth/webauthn/authenticate", {"credential": sent}).status_code == 200
    assert browser.state()["second_factor"] == "set" and browser.state()["role"] == "administrator"


def test_a_replayed_answer_of_a_security_key_is_refused(database: Database) -> None:
    first = first_administrator()
    key = SecurityKey()
    registered(first, key)
    one, two = Browser(), Browser("10.0.0.2")
    one.password("first")
    sent = key.get(asked(one))
    assert one.ask("POST", f"{AUTH}/auth/webauthn/authenticate", {"credential": sent}).status_code == 200
    two.password("first")
    asked(two)
    assert two.ask("POST", f"{AUTH}/auth/webauthn/authenticate", {"credential": sent}).status_code == 400
    assert two.state()["signed_in_as"] is None


@pytest.mark.parametrize(
    ("key", "origin"),
    [
        (SecurityKey(), "https://evil.example"),
        (SecurityKey("evil.example"), ORIGIN),
    ],
)
def test_a_security_key_answers_for_this_page_only(database: Database, key: SecurityKey, origin: str) -> None:
    first = first_administrator()
    assert registered(first, key, origin).status_code == 400
    good = SecurityKey()
    registered(first, good)
    good.host = key.host
    browser = Browser()
    browser.password("first")
    sent = good.get(asked(browser), origin)
    assert browser.ask("POST", f"{AUTH}/auth/webauthn/authenticate", {"credential": sent}).status_code == 400
    assert browser.state()["signed_in_as"] is None


def test_another_ones_security_key_is_refused(database: Database) -> None:
    registered(first_administrator(), SecurityKey())
    browser = Browser()
    browser.password("first")
    sent = SecurityKey().get(asked(browser))
    assert browser.ask("POST", f"{AUTH}/auth/webauthn/authenticate", {"credential": sent}).status_code == 400


def test_a_wrong_signature_of_a_known_security_key_is_refused(database: Database) -> None:
    known, false = SecurityKey(), SecurityKey()
    registered(first_administrator(), known)
    false.id = known.id
    browser = Browser()
    browser.password("first")
    sent = false.get(asked(browser))
    assert browser.ask("POST", f"{AUTH}/auth/webauthn/authenticate", {"credential": sent}).status_code == 400
    assert browser.state()["signed_in_as"] is None


@pytest.mark.parametrize("spoilt", [{}, {"id": "x"}, {"response": {}}, {"rawId": 7, "response": "x"}, []])
def test_nonsense_in_place_of_a_credential_is_refused(database: Database, spoilt: Any) -> None:
    first = first_administrator()
    first.ask("GET", f"{AUTH}/account/authenticators/webauthn")
    for sent in (spoilt, {**SecurityKey()._credential({}), **(spoilt or {})} if isinstance(spoilt, dict) else "x"):
        answer = first.ask("POST", f"{AUTH}/account/authenticators/webauthn", {"name": "n", "credential": sent})
        assert answer.status_code == 400, sent
        registered(first, SecurityKey())
        browser = Browser()
        browser.password("first")
        asked(browser)
        assert browser.ask("POST", f"{AUTH}/auth/webauthn/authenticate", {"credential": sent}).status_code == 400
