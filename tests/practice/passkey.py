"""A passkey without a device: it makes its key, and signs what a page asks it to sign."""

import json
from secrets import token_bytes
from typing import Any, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

HERE: Final = "https://testserver"
FLAG: Final = AuthenticatorData.FLAG


class Passkey:
    """One key for one site; a fingerprint was given where `is_touched_by_its_owner`."""

    def __init__(self, *, is_touched_by_its_owner: bool = True) -> None:
        self._key, self.id = ec.generate_private_key(ec.SECP256R1()), token_bytes(16)
        self._flags = FLAG.UP | (FLAG.UV if is_touched_by_its_owner else FLAG(0))
        self._whose = ""

    def made(self, asked: dict[str, Any]) -> str:
        """The answer to a page that asks for a new key."""
        options = asked["creation_options"]["publicKey"]
        self._whose = options["user"]["id"]
        public = ES256.from_cryptography_key(self._key.public_key())  # type: ignore[no-untyped-call]
        credential = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        flags = self._flags | FLAG.AT
        here = AuthenticatorData.create(self._site(options["rp"]["id"]), flags, 0, credential)
        said = CollectedClientData.create("webauthn.create", options["challenge"], HERE)
        made = AttestationObject.create("none", here, {})
        return self._answer(said, attestationObject=bytes(made))

    def signed(self, asked: dict[str, Any], *, at: str = HERE) -> str:
        """The answer to a page, or to one that only looks like it, that asks for a signature."""
        options = asked["request_options"]["publicKey"]
        here = AuthenticatorData.create(self._site(options["rpId"]), self._flags, 1)
        said = CollectedClientData.create("webauthn.get", options["challenge"], at)
        signature = self._key.sign(bytes(here) + said.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(said, authenticatorData=bytes(here), signature=signature)

    def _answer(self, said: CollectedClientData, **more: bytes) -> str:
        response = {name: websafe_encode(one) for name, one in more.items()}
        response |= {"clientDataJSON": websafe_encode(bytes(said)), "userHandle": self._whose}
        name = websafe_encode(self.id)
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": response,
             "clientExtensionResults": {}}
        )  # fmt: skip

    @staticmethod
    def _site(name: str) -> bytes:
        digest = hashes.Hash(hashes.SHA256())
        digest.update(name.encode())
        return digest.finalize()
