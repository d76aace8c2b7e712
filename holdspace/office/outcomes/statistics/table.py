"""Scores from a file: comma, semicolon or tab, point or comma, long or wide; faults by row."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from holdspace.office.outcomes.statistics.saying import Refused, Sentence, Why

DELIMITERS = ",;\t|"
MISSING = frozenset({"", "na", "n/a", "nan", "null", ".", "-"})
NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?")
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
# No questionnaire reaches this; what lies beyond is a code for "missing", or a slip.
LARGEST = 1e6


class TableRefused(Refused):
    """The file as a whole cannot be read."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one row; rows are counted as a spreadsheet does, the header being 1."""

    row: int
    said: Sentence | str

    def __str__(self) -> str:
        return f"Row {self.row}: {self.said}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a file as text: one header, and rows of its length by their number."""

    header: tuple[str, ...]
    rows: Mapping[int, tuple[str, ...]]
    delimiter: str
    faults: tuple[Fault, ...]

    def place(self, column: str) -> int:
        """Return where a column stands; TableRefused where there is none, or more than one."""
        found = self.header.count(column)
        if found == 1:
            return self.header.index(column)
        if found:
            raise TableRefused(Why.SAME_COLUMNS.of(found=found, column=column))
        raise TableRefused(Why.NO_COLUMN.of(column=column, columns=", ".join(self.header)))


@dataclass(frozen=True, slots=True)
class Long:
    """One row for each score: whose it is, when, and how much."""

    person: str
    time: str
    score: str
    group: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wide:
    """One row for each person: the columns of scores are the times, in order."""

    person: str
    scores: tuple[str, ...]
    group: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """What a score may be; `whole` where only whole numbers can come out."""

    lowest: float = -LARGEST
    highest: float = LARGEST
    whole: bool = False

    def objection(self, score: float) -> Sentence | None:
        """Return what speaks against a score, or nothing."""
        if not self.lowest <= score <= self.highest:
            return Why.OUTSIDE.of(score=score, lowest=self.lowest, highest=self.highest)
        if self.whole and not score.is_integer():
            return Why.NOT_WHOLE.of(score=score)
        return None


@dataclass(frozen=True, slots=True)
class Score:
    """One score; `score` is None where the cell says that it is missing."""

    row: int
    person: str
    time: str
    score: float | None
    group: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The scores that could be read, in the order of the file, and what could not."""

    scores: tuple[Score, ...]
    faults: tuple[Fault, ...]
    decimal: str


@dataclass(frozen=True, slots=True)
class Pair:
    """The first and the last score of one person."""

    person: str
    pre: float
    post: float
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Paired:
    """Everybody with both scores, and who has only one of them."""

    pairs: tuple[Pair, ...]
    left_out: tuple[str, ...]


@dataclass(slots=True)
class _Reading:
    """What a reading gathers on its way."""

    decimal: str
    scale: Scale
    repeats: bool
    scores: list[Score] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    seen: dict[tuple[str, float | str], int] = field(default_factory=dict)

    def number(self, row: int, cell: str) -> float | None:
        """Return the score in a cell; None where it is missing or, with a fault, no score."""
        if cell.casefold() in MISSING:
            return None
        if not NUMBER.fullmatch(cell):
            self.faults.append(Fault(row, Why.NO_NUMBER.of(cell=cell)))
            return None
        if "," in cell and self.decimal == ".":
            self.faults.append(Fault(row, Why.COMMA.of(cell=cell)))
            return None
        score = float(cell.replace(",", "."))
        objection = self.scale.objection(score)
        if objection:
            self.faults.append(Fault(row, objection))
            return None
        return score

    def take(self, candidate: Score, cell: str) -> None:
        """Keep one score, unless its row has no person or time, or says what another said."""
        if not (candidate.person and candidate.time):
            absent = Why.NO_TIME_NAMED if candidate.person else Why.NO_PERSON_NAMED
            self.faults.append(Fault(candidate.row, absent.of()))
            return
        key = (candidate.person, time_key(candidate.time))
        first = self.seen.setdefault(key, candidate.row)
        if first != candidate.row and not self.repeats:
            twice = Why.TWICE.of(person=candidate.person, time=candidate.time, row=first)
            self.faults.append(Fault(candidate.row, twice))
            return
        before = len(self.faults)
        score = self.number(candidate.row, cell)
        if len(self.faults) == before:
            self.scores.append(replace(candidate, score=score))


def sheet(content: bytes | str) -> Sheet:
    """Read the cells of a CSV file; TableRefused where it has none or is no CSV."""
    text = content if isinstance(content, str) else _decoded(content)
    text = text.removeprefix("\ufeff")
    named = (line for line in text.splitlines() if line.strip(DELIMITERS + " "))
    first = next(named, None)
    if first is None:
        raise TableRefused(Why.EMPTY.of())
    try:
        delimiter = max(DELIMITERS, key=lambda mark: len(next(csv.reader([first], delimiter=mark))))
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise TableRefused(Why.NO_CSV.of()) from error
    numbered = {
        number: tuple(cell.strip() for cell in record)
        for number, record in enumerate(records, start=1)
        if any(cell.strip() for cell in record)
    }
    header = numbered.pop(min(numbered))
    even = {number: row for number, row in numbered.items() if len(row) == len(header)}
    if not numbered:
        raise TableRefused(Why.NO_ROWS.of())
    uneven = (
        Fault(number, Why.UNEVEN.of(cells=len(row), columns=len(header)))
        for number, row in numbered.items()
        if number not in even
    )
    return Sheet(header, even, delimiter, tuple(uneven))


def scores(
    of: Sheet, columns: Long | Wide, *, scale: Scale | None = None, repeats: bool = False
) -> Table:
    """Read the scores in a sheet.

    A row with a fault is named and left out; a missing score is kept as None. Of two rows for
    the same person and time the second is a fault, unless `repeats` are kept. TableRefused for
    columns that are not there, and for commas that may be decimal or stand for thousands.
    """
    found = list(_cells(of, columns))
    reading = _Reading(_decimal([cell for _, cell in found]), scale or Scale(), repeats)
    for candidate, cell in found:
        reading.take(candidate, cell)
    faults = sorted((*of.faults, *reading.faults), key=lambda fault: fault.row)
    return Table(tuple(reading.scores), tuple(faults), reading.decimal)


def before_and_after(of: Sequence[Score], pre: str, post: str) -> Paired:
    """Pair the scores at two times, in the order of the file.

    TableRefused where a time is not in the file, both are the same, or somebody is in two groups.
    """
    if time_key(pre) == time_key(post):
        raise TableRefused(Why.SAME_TIMES.of())
    first, last = _at(of, pre), _at(of, post)
    pairs, left_out = [], []
    for person in dict.fromkeys((*first, *last)):
        one, other = first.get(person), last.get(person)
        if one is None or other is None or one.score is None or other.score is None:
            left_out.append(person)
            continue
        if one.group and other.group and one.group != other.group:
            raise TableRefused(
                Why.TWO_GROUPS.of(
                    person=person, one=one.group, row=one.row, other=other.group, also=other.row
                )
            )
        pairs.append(Pair(person, one.score, other.score, one.group or other.group))
    return Paired(tuple(pairs), tuple(left_out))


def time_key(time: str) -> float | str:
    """Return what a time is compared by: 1 and 1.0 are the same time."""
    if NUMBER.fullmatch(time):
        return float(time.replace(",", "."))
    return time


def _decoded(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        raise TableRefused(Why.WORKBOOK.of())
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # as spreadsheets save in Western Europe


def _at(of: Sequence[Score], time: str) -> dict[str, Score]:
    key = time_key(time)
    found = {score.person: score for score in of if time_key(score.time) == key}
    if not found:
        times = ", ".join(list(dict.fromkeys(score.time for score in of))[:10])
        raise TableRefused(Why.NO_TIME.of(time=time, times=times or "–"))
    return found


def _cells(of: Sheet, columns: Long | Wide) -> Iterator[tuple[Score, str]]:
    """Yield each score without its number, and the cell in which that stands."""
    person = of.place(columns.person)
    group = None if columns.group is None else of.place(columns.group)
    also = [of.place(column) for column in columns.also]
    if isinstance(columns, Long):
        time, place = of.place(columns.time), of.place(columns.score)
        spots: Sequence[tuple[int | str, int]] = [(time, place)]
    else:
        spots = [(name, of.place(name)) for name in columns.scores]
    for number, row in of.rows.items():
        for when, place in spots:
            yield (
                Score(
                    row=number,
                    person=row[person],
                    time=when if isinstance(when, str) else row[when],
                    score=None,
                    group=None if group is None else row[group] or None,
                    also=tuple(row[spot] for spot in also),
                ),
                row[place],
            )


def _decimal(cells: Sequence[str]) -> str:
    numbers = [cell for cell in cells if NUMBER.fullmatch(cell)]
    commas = [cell for cell in numbers if "," in cell]
    if not commas or any("." in cell for cell in numbers):
        return "."
    if all(THOUSANDS.fullmatch(cell) for cell in commas):
        raise TableRefused(Why.THOUSANDS.of(cell=commas[0]))
    return ","
