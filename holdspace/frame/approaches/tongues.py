"""Words of ours that are data, in each language of the house."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

LANGUAGES: Final = ("en", "de", "es")
Said = Mapping[str, str]


class NotComplete(Exception):
    """A word is missing in one of the languages."""


class Spoken(NamedTuple):
    """Words on a page, and the language they are in where it is not the page's."""

    words: str
    language: str = ""


def spoken() -> str:
    """The language of this page, among ours."""
    plain = (get_language() or "").partition("-")[0]
    return plain if plain in LANGUAGES else LANGUAGES[0]


def complete(said: Said, name: str) -> Said:
    """The same words, in every language and in no other; raises NotComplete."""
    if said.keys() != set(LANGUAGES) or not all(said.values()):
        raise NotComplete(name)
    return said


def everywhere(words: str) -> Said:
    """Somebody's own words, which stand as they are on a page in any language."""
    return dict.fromkeys(LANGUAGES, words)


def marked(one: Spoken) -> SafeString:
    """The words as a page shows them: with their language where it is not the page's."""
    if not one.language:
        return format_html("{}", one.words)
    return format_html('<span lang="{}">{}</span>', one.language, one.words)


def in_tongue(said: Said) -> Spoken:
    """The words in the language of the page; in English, and saying so, where they wait for it."""
    here = spoken()
    return Spoken(said[here]) if here in said else Spoken(said["en"], "en")
