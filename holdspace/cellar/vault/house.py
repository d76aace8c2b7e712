"""Sealing for what belongs to the house and not to a row of ours, such as second factors."""

import base64

from holdspace.cellar.vault.keyring import HOUSE, NOBODY, key_of
from holdspace.cellar.vault.layers import Layer
from holdspace.cellar.vault.sealing import CannotOpen, Place, open_sealed, seal


def _place(purpose: str) -> Place:
    return Place(NOBODY, purpose, "", NOBODY, Layer.ADMIN, 1)


def seal_text(purpose: str, text: str) -> str:
    """Sealed, in letters that a text column can hold."""
    sealed = seal(key_of(HOUSE), HOUSE, _place(purpose), text.encode())
    return base64.b64encode(sealed).decode()


def open_text(purpose: str, sealed: str) -> str:
    """Raises CannotOpen where it was not sealed for this purpose."""
    try:
        envelope = base64.b64decode(sealed, validate=True)
    except ValueError:
        raise CannotOpen from None
    return open_sealed(key_of(HOUSE), _place(purpose), envelope).decode()
