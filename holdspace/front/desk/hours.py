"""The hour as its approach has it: steps beside the clock, and techniques to tick."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from holdspace.cellar.access.visitor import Visitor
from holdspace.frame.approaches import queries as approaches
from holdspace.frame.approaches.catalogue import Approach
from holdspace.frame.approaches.tongues import Spoken, in_tongue
from holdspace.hour.encounters import queries as encounters
from holdspace.hour.encounters.models import Session
from holdspace.hour.encounters.queries import Ticked


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step of the hour, with when it begins and ends if the real hour keeps to it."""

    said: Spoken
    minutes: int
    begins: datetime
    ends: datetime
    is_present: bool


@dataclass(frozen=True, slots=True)
class ToTick:
    """A technique: what a form sends for it, what it is called, whether it was done."""

    value: str
    said: Spoken
    is_done: bool


@dataclass(frozen=True, slots=True)
class ToTickOf:
    """The techniques of one approach."""

    approach: Spoken
    techniques: Sequence[ToTick]


@dataclass(frozen=True, slots=True)
class Hour:
    """What the room shows beside the clock, if anything."""

    steps: Sequence[ShownStep]
    is_folded: bool
    is_marked: bool  # the present step
    warms: bool  # the edge, near the end
    techniques: Sequence[ToTickOf]


def hour(by: Visitor, session: Session, *, at: datetime) -> Hour:
    """The hour of a session that the caller has opened, as its therapy's first approach has it."""
    therapy = session.therapy
    known = approaches.among(by, therapy.approaches)
    first = known.get(therapy.approaches[0]) if therapy.approaches else None
    cue = therapy.cue or (first.usual_cue if first else "soft")
    has_steps = first is not None and first.structure != "unstructured" and cue != "none"
    steps = _steps(first, session.began_at or session.starts_at, at) if first and has_steps else []
    return Hour(
        steps=steps,
        is_folded=first is not None and first.structure == "semi",
        is_marked=cue == "phase",
        warms=cue != "none",
        techniques=to_tick(by, session, known.values()) if steps else [],
    )


def _steps(approach: Approach, began_at: datetime, at: datetime) -> list[ShownStep]:
    found: list[ShownStep] = []
    begins = began_at
    for step in approach.hour:
        ends = begins + timedelta(minutes=step.minutes)
        found.append(
            ShownStep(in_tongue(step.said), step.minutes, begins, ends, begins <= at < ends)
        )
        begins = ends
    return found


def to_tick(by: Visitor, session: Session, known: Iterable[Approach]) -> list[ToTickOf]:
    """The techniques of these approaches, and which were done; no question where there are none."""
    offering = [one for one in known if one.techniques]
    ticked = set(encounters.done(by, [session.id]).get(session.id, ())) if offering else set()
    return [
        ToTickOf(
            in_tongue(one.name),
            [
                ToTick(
                    f"{one.id}:{technique.id}",
                    in_tongue(technique.said),
                    (one.id, technique.id) in ticked,
                )
                for technique in one.techniques
            ],
        )
        for one in offering
    ]


def techniques_of(by: Visitor, session: Session) -> list[ToTickOf]:
    """All that can be ticked after a session."""
    return to_tick(by, session, approaches.among(by, session.therapy.approaches).values())


def ticked_from(values: Iterable[str]) -> list[Ticked]:
    """What a form sent, by approach and technique; what no form sends is of no approach."""
    parts = (value.partition(":") for value in values)
    return [(approach, technique) for approach, _colon, technique in parts]
