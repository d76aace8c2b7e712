"""A passkey as a browser would have made it, for pages that ask for one."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

AN_ID = b"the id of a key"
IS_PRESENT_AND_KNOWN = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


def a_passkey() -> dict[str, Any]:
    """What is kept of it."""
    secret = generate_private_key(SECP256R1())
    public = ES256.from_cryptography_key(secret.public_key())  # type: ignore[no-untyped-call]
    made = AttestedCredentialData.create(Aaguid.NONE, AN_ID, public)
    data = AuthenticatorData.create(
        sha256(b"testserver"), IS_PRESENT_AND_KNOWN | AuthenticatorData.FLAG.AT, 0, bytes(made)
    )
    asked = CollectedClientData.create(
        CollectedClientData.TYPE.CREATE, b"a challenge", "https://testserver"
    )
    told = {
        "clientDataJSON": websafe_encode(bytes(asked)),
        "attestationObject": websafe_encode(bytes(AttestationObject.create("none", data, {}))),
    }
    key = {"id": websafe_encode(AN_ID), "rawId": websafe_encode(AN_ID), "type": "public-key"}
    return {"name": "computer", "credential": {**key, "response": told}}
