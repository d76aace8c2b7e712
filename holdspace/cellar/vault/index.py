"""The blind index: names can be found without being stored.

Each word of a name, and each of its beginnings from three letters on, becomes a keyed HMAC cut to
20 bits: at 100,000 people every value has false company, which is sorted out on opening.
"""

import hmac
import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from holdspace.cellar.vault import keyring

BITS = 20
SHORTEST_BEGINNING, LONGEST_BEGINNING = 3, 24
_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of a name as they are compared: no case, accents, punctuation, nor long tails."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    found = _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
    return [word[:LONGEST_BEGINNING] for word in found]


def beginnings(word: str) -> list[str]:
    """The word, and its beginnings of three letters and more."""
    return [word[:n] for n in range(SHORTEST_BEGINNING, len(word))] + [word]


def tokens(practice: UUID, names: Iterable[str]) -> set[int]:
    """What is stored for a person's names."""
    key = keyring.derived(practice, "name index")
    return {
        _token(key, part) for name in names for word in words(name) for part in beginnings(word)
    }


def asked(practice: UUID, typed: str) -> list[int]:
    """What a search asks for: every typed word, as a beginning."""
    key = keyring.derived(practice, "name index")
    return [_token(key, word) for word in words(typed)]


def _token(key: bytes, part: str) -> int:
    digest = hmac.digest(key, part.encode(), sha256)
    return int.from_bytes(digest[:4], "big") >> (32 - BITS)
