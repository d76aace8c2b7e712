"""Recomputing the whole ledger, in one pass and little memory, to name the first bad line.

It takes no lock and may run beside writers: it reads the newest checkpoint first and walks the
tree up to there; each later question is one statement, which sees one moment. What it cannot see:
changes to lines that still wait, and a rewriting by someone who holds the signing key. The first
window is as long as the sequencer's pause, and checkpoints held elsewhere close the second.
"""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from holdspace.cellar.ledger import checkpoint, leaves
from holdspace.cellar.ledger.checkpoint import Head, NotACheckpoint, NotSigned
from holdspace.cellar.ledger.models import Checkpoint, Leaf, Line, Naming, Waiting
from holdspace.cellar.ledger.tree import EMPTY_ROOT, Frontier
from holdspace.cellar.ledger.verdict import Found, Verdict, Wrong

CHUNK = 1000
NIL = UUID(int=0)


def verify(*, public: bytes, origin: str, held: str | None = None) -> Verdict:
    """Recompute everything; `held` is a checkpoint of this ledger that was kept elsewhere."""
    walk = _Walk(public=public, origin=origin)
    try:
        _walk_the_tree(walk, _held_head(walk, held))
        _check_lines()
        _check_namings()
    except Found as found:
        return Verdict(walk.frontier.size, found.fault)
    return Verdict(walk.frontier.size)


@dataclass(slots=True)
class _Walk:
    """Where a walk through the tree has come to."""

    public: bytes
    origin: str
    frontier: Frontier = field(default_factory=Frontier)
    signed_size: int = 0
    signed_at: datetime | None = None
    checkpoints: int = 0


def _held_head(walk: _Walk, held: str | None) -> Head:
    """What the checkpoint from elsewhere says; without one, what is true of every tree."""
    if held is None:
        return Head(walk.origin, 0, EMPTY_ROOT)
    try:
        return checkpoint.check(held, origin=walk.origin, public=walk.public)
    except (NotACheckpoint, NotSigned):
        raise Found(Wrong.BAD_HELD) from None


def _walk_the_tree(walk: _Walk, held: Head) -> None:
    """From checkpoint to checkpoint, adding the leaves between."""
    newest = Checkpoint.objects.aggregate(number=Max("number"), size=Max("size"))
    planted = _planted(newest["size"] or 0)
    _compare(walk, held)
    # Of a ledger that was empty a moment ago no checkpoint is known, not even the first.
    last = -1 if newest["number"] is None else newest["number"]
    known = Checkpoint.objects.filter(number__lte=last)
    for signed in known.order_by("number").iterator(CHUNK):
        _check_note(walk, signed)
        for leaf, line in islice(planted, signed.size - walk.frontier.size):
            _check_leaf(leaf, walk.frontier.size, line)
            walk.frontier.append(bytes(leaf.hash))
            _compare(walk, held)
        _check_root(walk, signed)
    if walk.frontier.size < held.size:
        raise Found(Wrong.SHORT_TREE, index=walk.frontier.size)
    _check_end()


def _check_note(walk: _Walk, signed: Checkpoint) -> None:
    """A checkpoint's row, number and signature, before its tree is walked."""
    start = walk.signed_size
    if signed.number != walk.checkpoints:
        raise Found(Wrong.MISSING_CHECKPOINT, index=start)
    try:
        head = checkpoint.check(signed.note, origin=walk.origin, public=walk.public)
    except (NotACheckpoint, NotSigned):
        raise Found(Wrong.BAD_SIGNATURE, index=start) from None
    if head != Head(walk.origin, signed.size, bytes(signed.root)):
        raise Found(Wrong.CHANGED_CHECKPOINT, index=start)
    is_later = walk.signed_at is None or signed.at >= walk.signed_at
    if signed.size <= start or not is_later:
        raise Found(Wrong.INCONSISTENT, index=start)


def _planted(size: int) -> Iterator[tuple[Leaf, Line | None]]:
    """The leaves of a tree of this size in their order, each with its line if that is there."""
    last = -1
    while chunk := list(
        Leaf.objects.filter(index__gt=last, index__lt=size).order_by("index")[:CHUNK]
    ):
        lines = _lines(leaf.line for leaf in chunk)
        yield from ((leaf, lines.get(leaf.line)) for leaf in chunk)
        last = chunk[-1].index


def _check_leaf(leaf: Leaf, index: int, line: Line | None) -> None:
    if leaf.index != index:
        raise Found(Wrong.MISSING_LEAF, index=index)
    if line is None:
        raise Found(Wrong.MISSING_LINE, index=index, line=leaf.line)
    try:
        expected = leaves.leaf_of(line, index)
    except (AttributeError, TypeError, ValueError):  # a column holds what cannot be in it
        raise Found(Wrong.MISSING_LINE, index=index, line=leaf.line) from None
    if expected != bytes(leaf.hash):
        raise Found(Wrong.CHANGED_LINE, index=index, line=leaf.line)


def _lines(ids: Iterable[UUID]) -> dict[UUID, Line]:
    """Lines by id; one that cannot even be read is left out, and so counts as missing."""
    wanted = list(ids)
    try:
        return Line.objects.in_bulk(wanted)
    except (ValueError, TypeError):
        readable = {}
        for one in wanted:
            with contextlib.suppress(ValueError, TypeError):
                readable.update(Line.objects.in_bulk([one]))
        return readable


def _check_root(walk: _Walk, signed: Checkpoint) -> None:
    """The signed root against the leaves, and the frontier kept beside it."""
    if walk.frontier.size < signed.size:
        raise Found(Wrong.SHORT_TREE, index=walk.frontier.size)
    if walk.frontier.root() != bytes(signed.root):
        raise Found(Wrong.WRONG_ROOT, index=walk.signed_size)
    if signed.frontier != [peak.hex() for peak in walk.frontier.peaks]:
        raise Found(Wrong.CHANGED_CHECKPOINT, index=walk.signed_size)
    walk.signed_size, walk.signed_at = signed.size, signed.at
    walk.checkpoints += 1


def _compare(walk: _Walk, held: Head) -> None:
    if walk.frontier.size == held.size and walk.frontier.root() != held.root:
        raise Found(Wrong.WRONG_HELD, index=walk.signed_size)


def _check_end() -> None:
    """No leaf stands beyond the last checkpoint, nor before the first place."""
    signed = Checkpoint.objects.order_by("-number").values("size")[:1]
    beyond = Leaf.objects.filter(index__gte=Coalesce(Subquery(signed), 0))
    leaf = beyond.order_by("index").first() or Leaf.objects.filter(index__lt=0).first()
    if leaf is not None:
        raise Found(Wrong.UNSIGNED_LEAF, index=leaf.index, line=leaf.line)


def _check_lines() -> None:
    """Every line waits or stands in the tree, and never both; nothing waits that is not there."""
    planted = Exists(Leaf.objects.filter(line=OuterRef("pk")))
    waiting = Exists(Waiting.objects.filter(line=OuterRef("pk")))
    written = Exists(Line.objects.filter(pk=OuterRef("pk")))
    _refuse(Wrong.STRAY_LINE, Line.objects.filter(~planted, ~waiting).values_list("pk"))
    _refuse(Wrong.TWICE_LINE, Waiting.objects.filter(planted).values_list("pk"))
    _refuse(Wrong.MISSING_LINE, Waiting.objects.filter(~written).values_list("pk"))


def _check_namings() -> None:
    """The index of subjects says what the lines in the tree say, no more and no less."""
    written = Exists(Line.objects.filter(pk=OuterRef("line")))
    _refuse(Wrong.STRAY_NAMING, Naming.objects.filter(~written).values_list("line"))
    named = _named_by_line()
    # The lines are asked for first: one that waited then may have been carried meanwhile, and be
    # named already.
    ahead: tuple[UUID, list[str]] | None = (NIL, [])
    planted = Exists(Leaf.objects.filter(line=OuterRef("pk")))
    lines = Line.objects.order_by("pk").annotate(planted=planted)
    for line, subjects, is_planted in lines.values_list("pk", "subjects", "planted").iterator(
        CHUNK
    ):
        while ahead is not None and ahead[0] < line:
            ahead = next(named, None)
        found = ahead[1] if ahead is not None and ahead[0] == line else []
        if found != subjects and (found or is_planted):
            place = Leaf.objects.filter(line=line).values_list("index", flat=True).first()
            raise Found(Wrong.CHANGED_NAMING, index=place, line=line)


def _named_by_line() -> Iterator[tuple[UUID, list[str]]]:
    """Each line's subjects, in the order in which the line holds them."""
    namings = Naming.objects.order_by("line", "subject").values_list("line", "subject")
    for line, group in groupby(namings.iterator(CHUNK), key=itemgetter(0)):
        yield line, [str(subject) for _, subject in group]


def _refuse(wrong: Wrong, rows: QuerySet[Any, tuple[UUID]]) -> None:
    """Raise for the first of these rows."""
    first = rows.first()
    if first is not None:
        raise Found(wrong, line=first[0])
