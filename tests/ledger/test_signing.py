"""Ed25519, against the first vectors of RFC 8032 (section 7.1)."""

import pytest

from holdspace.cellar.vault import signing

# Seed, public key, message and signature of tests 1 and 2 of the RFC.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
        "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
]


@pytest.mark.parametrize("vector", VECTORS)
def test_a_signature_is_the_one_of_the_standard(vector: tuple[str, str, str, str]) -> None:
    seed, public, message, signature = map(bytes.fromhex, vector)
    assert signing.public_key(seed) == public
    assert signing.sign(seed, message) == signature
    signing.verify(public, signature, message)


def test_new_keys_differ() -> None:
    assert signing.new_signing_key() != signing.new_signing_key()


@pytest.mark.parametrize(
    ("signature", "message"),
    [
        (bytes(64), b"words"),
        (b"", b"words"),
        (signing.sign(bytes(32), b"words"), b"other words"),
        (signing.sign(bytes(31) + b"x", b"words"), b"words"),
    ],
)
def test_a_wrong_signature_is_refused(signature: bytes, message: bytes) -> None:
    with pytest.raises(signing.BadSignature):
        signing.verify(signing.public_key(bytes(32)), signature, message)


def test_a_public_key_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(signing.BadSignature):
        signing.verify(b"short", bytes(64), b"words")
