"""The questionnaires of one practice: the library, its own, and words that it is licensed to use.

What is in the library with its words needs no question to the database. Anything else is looked up
in the practice's files, which are read again only when one was loaded or taken away.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Max

from holdspace.hour.measures.definitions import Instrument
from holdspace.hour.measures.instruments import UnknownInstrument, library
from holdspace.hour.measures.models import Answering, LocalFile
from holdspace.hour.measures.packs import with_words
from holdspace.hour.measures.personal import frames, made
from holdspace.hour.measures.reading import instrument_from, plain, words_from
from holdspace.hour.measures.rules import FileKind
from holdspace.hour.measures.scoring import Person, Score, score, score_total

PRACTICES_KEPT = 256


@dataclass(frozen=True, slots=True)
class _Books:
    """What stands on the shelf now, what ever stood there, and each version of it."""

    now: Mapping[str, Instrument]
    ever: Mapping[str, Instrument]
    versions: Mapping[tuple[str, str], Instrument] = field(default_factory=dict)


class Shelf(Mapping[str, Instrument]):
    """Every instrument of a practice by its id; KeyError where there is none."""

    def __init__(self, practice: UUID) -> None:
        self.practice = practice

    @cached_property
    def _books(self) -> _Books:
        changed = LocalFile.objects.filter(practice_id=self.practice).aggregate(
            Count("id"), Max("loaded_at"), Max("taken_at")
        )
        return _read(self.practice, tuple(changed.values()))

    def __getitem__(self, name: str) -> Instrument:
        if name in frames():  # personal questions are found here, and not listed
            return frames()[name]
        ours = library().get(name)
        return ours if ours is not None and ours.is_worded else self._books.now[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._books.now)

    def __len__(self) -> int:
        return len(self._books.now)

    def gives(self, name: str) -> bool:
        """Whether its words are here, so that it can be given to somebody."""
        return name in self and self[name].is_worded

    def ever(self, name: str) -> Instrument | None:
        """Return an instrument that stands here, or that was taken away."""
        return self.get(name) or self._books.ever.get(name)

    def common(self, name: str) -> Instrument | None:
        """Return what everybody is asked in the same words, here or once here; else nothing."""
        return None if name in frames() else self.ever(name)

    def of(self, name: str, version: str) -> Instrument:
        """Return an instrument as it was when it was given, or raise UnknownInstrument."""
        ours = library().get(name) or frames().get(name)
        if ours is not None and ours.is_worded:
            return ours
        found = self._books.versions.get((name, version)) or self.ever(name)
        if found is None:
            raise UnknownInstrument(f"There is no instrument “{name}”.")
        return found


def instrument_of(row: Answering) -> Instrument:
    """Return the instrument that a row was answered by, in the version it was given in."""
    own = row.own_words
    if own is not None:
        return made(row.instrument, own.words, own.version)
    return Shelf(row.practice_id).of(row.instrument, row.instrument_version)


def score_of(row: Answering) -> Score:
    """Return what the answers, or the figures typed from a sheet scored elsewhere, come to."""
    instrument, person = instrument_of(row), Person(respondent=row.respondent)
    if not row.answers and (row.total is not None or row.subscales):
        return score_total(instrument, row.total, subscales=row.subscales, of=person)
    return score(instrument, row.answers, of=person)


@lru_cache(maxsize=PRACTICES_KEPT)
def _read(practice: UUID, changed: tuple[Any, ...]) -> _Books:
    """The books of a practice, as they are since the last change."""
    if not changed[0]:
        return _Books(library(), library())
    files = list(LocalFile.objects.filter(practice_id=practice).order_by("loaded_at", "id"))
    now, ever = dict(library()), dict(library())
    versions = dict[tuple[str, str], Instrument]()
    for file in files:
        if file.kind == FileKind.DEFINITION:
            own = instrument_from(plain(file.text))
            versions[own.id, str(own.version)] = ever[own.id] = own
            if file.taken_at is None:
                now[own.id] = own
    for file in files:
        if file.kind == FileKind.WORDS and file.taken_at is None:
            _add_words(file, now, versions)
    return _Books(now, ever, versions)


def _add_words(
    file: LocalFile, now: dict[str, Instrument], versions: dict[tuple[str, str], Instrument]
) -> None:
    words = words_from(plain(file.text))
    key = (file.instrument, file.version)
    if key in versions:
        versions[key] = with_words(versions[key], file.language, words)
    current = now.get(file.instrument)
    if current is not None and str(current.version) == file.version:
        now[file.instrument] = with_words(current, file.language, words)
