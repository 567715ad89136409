"""What a single sign-on provider says of who comes back, checked further than allauth does.

allauth leaves the signature unchecked where a token came straight from the provider, as OpenID Connect Core 3.1.3.7
allows; it compares the token's issuer with the provider's description alone, and the description with nothing.
"""

from __future__ import annotations

from typing import Any, Final

import jwt
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter

ALGORITHMS: Final = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"})
"""Signatures with the provider's public keys; never a shared secret, never none."""
WELL_KNOWN: Final = "/.well-known/openid-configuration"


class Checked(OpenIDConnectOAuth2Adapter):
    """Takes a token that the configured provider has signed with a key of its own, for this client, and no other."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            algorithm = jwt.get_unverified_header(id_token).get("alg")
        except jwt.PyJWTError as error:
            raise OAuth2Error("no token") from error
        if algorithm not in ALGORITHMS:
            raise OAuth2Error("an algorithm that is not taken")
        issuer = self.openid_config["issuer"]
        expected = app.settings["server_url"].removesuffix(WELL_KNOWN)
        if issuer.rstrip("/") != expected.rstrip("/"):
            raise OAuth2Error("another issuer")
        found: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=issuer,
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return found
