"""Words of ours that are data, in each language of the house."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import get_language

LANGUAGES: Final = ("en", "de", "es")
Said = Mapping[str, str]


class NotComplete(Exception):
    """A word is missing in one of the languages."""


def spoken() -> str:
    """The language of this page, among ours."""
    plain = (get_language() or "").partition("-")[0]
    return plain if plain in LANGUAGES else LANGUAGES[0]


def complete(said: Said, name: str) -> Said:
    """The same words, in every language and in no other; raises NotComplete."""
    if said.keys() != set(LANGUAGES) or not all(said.values()):
        raise NotComplete(name)
    return said
