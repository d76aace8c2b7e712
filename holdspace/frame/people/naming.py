"""Where somebody's name stands in what was written: whole or in part, by nickname or initials.

Pure. Used before a part of a group's note is signed, and before one participant's record is shown:
nobody's name belongs in another's. It finds too much rather than too little; a person decides.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Generic, TypeVar

import yaml

Whose = TypeVar("Whose", bound=Hashable)

_FILE: Final = Path(__file__).parent / "data" / "nicknames.yaml"
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’\-‐‑][^\W\d_]+)*")
_INITIALS: Final = re.compile(r"(?<!\w)([^\W\d_])\.\s?([^\W\d_])\.(?!\w)")
_JOINED: Final = re.compile(r"['’\-‐‑]")
# Little words between names: in the middle nobody's name, at either end only with a capital.
_PARTICLES: Final = frozenset({
    "abu", "al", "bin", "bint", "da", "dal", "das", "de", "del", "della", "der", "des", "di", "don",
    "dos", "du", "el", "ibn", "la", "las", "le", "los", "of", "san", "sankt", "st", "ten", "ter",
    "the", "und", "van", "vom", "von", "zu", "zum", "zur",
})  # fmt: skip
_UNSPACED: Final = re.compile("[぀-ヿ㐀-鿿豈-﫿฀-๿]")  # scripts that write without spaces


@dataclass(frozen=True, slots=True)
class Found(Generic[Whose]):
    """A place in a text where somebody's name stands: text[start:end]."""

    start: int
    end: int
    whose: Whose


def folded(word: str) -> str:
    """A word as names are compared: without case, accents, and marks of apostrophe or hyphen."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(one for one in plain if not unicodedata.combining(one) and one not in "'’-‐‑")


@cache
def _nicknames() -> Mapping[str, frozenset[str]]:
    alike: dict[str, set[str]] = {}
    for line in yaml.safe_load(_FILE.read_text(encoding="utf-8"))["alike"]:
        names = {folded(name) for name in line}
        for name in names:
            alike.setdefault(name, set()).update(names)
    return {name: frozenset(names) for name, names in alike.items()}


@cache
def _words() -> frozenset[str]:
    return frozenset(map(folded, yaml.safe_load(_FILE.read_text(encoding="utf-8"))["words"]))


@dataclass(frozen=True, slots=True)
class Forms:
    """How somebody may be named: words, pairs of initials, and what has no spaces around it."""

    words: frozenset[str]
    initials: frozenset[str]
    unspaced: frozenset[str]


def forms_of(names: Iterable[str]) -> Forms:
    """The forms of a person's names: each of their words, nicknames of the first, initials."""
    words: set[str] = set()
    initials: set[str] = set()
    unspaced: set[str] = set()
    for name in names:
        if _UNSPACED.search(name):
            unspaced.add("".join(name.split()))
        said = _said(_WORD.findall(name))
        for word in said:
            words.update(filter(None, map(folded, (word, *_JOINED.split(word)))))
        if said:
            words.update(_nicknames().get(folded(said[0]), ()))
        if len(said) > 1:
            initials.add(folded(said[0])[0] + folded(said[-1])[0])
    alone = {word for word in words if len(word) > 1}
    return Forms(frozenset(alone), frozenset(initials), frozenset(unspaced))


def _said(words: list[str]) -> list[str]:
    last = len(words) - 1
    return [
        word for n, word in enumerate(words)
        if n in (0, last) or folded(word) not in _PARTICLES
    ]  # fmt: skip


def found(text: str, people: Mapping[Whose, Forms]) -> list[Found[Whose]]:
    """Where any of these people are named, in the order of the text; each place once."""
    places: dict[tuple[int, int], Found[Whose]] = {}
    for whose, forms in people.items():
        for start, end in _places(text, forms):
            places.setdefault((start, end), Found(start, end, whose))
    return _apart(sorted(places.values(), key=lambda one: (one.start, -one.end)))


def _places(text: str, forms: Forms) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(text):
        yield from _in_word(match, forms)
    for match in _INITIALS.finditer(text):
        if folded(match[1] + match[2]) in forms.initials:
            yield match.span()
    for name in forms.unspaced:
        yield from (match.span() for match in re.finditer(re.escape(name), text))


def _in_word(match: "re.Match[str]", forms: Forms) -> Iterator[tuple[int, int]]:
    """The word as a whole, in its genitive, or one side of its hyphen."""
    word = match[0]
    if _names(word, forms):
        yield match.span()
        return
    at = match.start()
    for part in _JOINED.split(word):
        if len(part) > 1 and _names(part, forms):
            yield at, at + len(part)
        at += len(part) + 1


def _names(word: str, forms: Forms) -> bool:
    plain = folded(word)
    genitive = plain.removesuffix("s")
    known = next((form for form in (plain, genitive) if form in forms.words), None)
    is_a_word = known in _words() or known in _PARTICLES
    return known is not None and (not is_a_word or word[:1].isupper())


def _apart(places: list[Found[Whose]]) -> list[Found[Whose]]:
    """Without those that lie within another."""
    kept: list[Found[Whose]] = []
    for one in places:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def redacted(text: str, people: Mapping[Whose, Forms], instead: str) -> tuple[str, int]:
    """The text with other words instead of every name, and how many that were.

    Names that stand next to each other (a first and a last name) give way together.
    """
    out: list[str] = []
    at = taken = 0
    for one in found(text, people):
        between = text[at : one.start]
        if not (out and taken and not between.strip(" .")):
            out += [between, instead]
        at, taken = one.end, taken + 1
    return "".join([*out, text[at:]]), taken
