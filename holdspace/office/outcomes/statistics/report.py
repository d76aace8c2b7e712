"""What was found about a file of scores, as plain values or text, and how to cite it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from holdspace.hour.measures.instruments import Direction
from holdspace.office.outcomes.statistics.change import (
    Assessment,
    Category,
    Cutoff,
    PersonChange,
    Rule,
    constants,
    groups,
)
from holdspace.office.outcomes.statistics.effects import Effect, paired
from holdspace.office.outcomes.statistics.indices import CannotCompare
from holdspace.office.outcomes.statistics.saying import Cited, Sentence


def as_data(of: Assessment, left_out: Sequence[str] = ()) -> dict[str, Any]:
    """Return everything as plain values, for JSON; `left_out` are those with one score only."""
    return {
        "method": of.rule.method.value if of.rule.method else None,
        "better": "higher" if of.rule.direction is Direction.HIGHER_BETTER else "lower",
        "cutoff": of.cutoff,
        "cutoff_type": of.rule.cutoff.value,
        "constants": constants(of),
        "people": [_person(person) for person in of.people],
        "groups": [
            {
                "group": group.name,
                "n": group.n,
                "counts": _named(group.counts),
                "by_mid": group.by_mid and _named(group.by_mid),
                "by_percent": group.by_percent and _named(group.by_percent),
                "effect": _effect(effect_of(of, group.name)),
            }
            for group in groups(of)
        ],
        "left_out": list(left_out),
        "citation": citation(of.rule),
    }


def as_text(of: Assessment, left_out: Sequence[str] = ()) -> str:
    """Return a table for reading: everybody, then groups, then what it was computed from."""
    wide = max(6, *(len(person.person) for person in of.people))
    lines = [
        f"{'Person':<{wide}}  {'First':>8}  {'Last':>8}  {'Change':>8}  {'Index':>7}  Category"
    ]
    lines += [_line(person, wide) for person in of.people]
    for group in groups(of):
        counted = ", ".join(f"{count} {category}" for category, count in group.counts.items())
        lines += ["", f"{group.name or 'Everybody'} ({group.n}): {counted}."]
        for rule, counts in (("points", group.by_mid), ("percentage", group.by_percent)):
            if counts:
                told = ", ".join(f"{count} {category}" for category, count in counts.items())
                lines.append(f"By {rule}: {told}.")
        effect = effect_of(of, group.name)
        if effect:
            lines.append(f"Effect g = {effect.g:.2f} ({effect.low:.2f} to {effect.high:.2f}).")
    lines += ["", f"Cut-off {of.rule.cutoff}: {of.cutoff:.4f}."]
    lines.append("Used: " + ", ".join(f"{n} {_short(v)}" for n, v in constants(of).items()) + ".")
    if left_out:
        lines.append(f"Left out, with one score only: {', '.join(left_out)}.")
    return "\n".join([*lines, citation(of.rule)])


def citation(rule: Rule) -> str:
    """Return one line that says by which rule a change was judged, to be printed with it."""
    return str(Cited.ALL.of(parts=", ".join(map(str, cited(rule)))))


def cited(rule: Rule) -> list[Sentence]:
    """Return the parts of that line: method, reliability, cut-off, norm, limit."""
    if rule.method:
        by = [Cited[rule.method.name].of()]
    elif rule.mid:
        by = [Cited.POINTS.of(better=rule.mid.improvement, worse=rule.mid.deterioration)]
    else:
        by = [Cited.PERCENT.of(percent=rule.percent or 0)]
    if rule.formula:
        by.append(Cited.RELIABILITY.of(reliability=rule.formula[1].pre))
    norm = rule.functional
    by.append(Cited.CUTOFF.of(cutoff=rule.cutoff))
    if norm and rule.cutoff is not Cutoff.A:
        by.append(Cited.FUNCTIONAL.of(mean=norm.mean, sd=norm.sd))
    if rule.method:
        by.append(Cited.INDEX.of(operator=rule.operator, critical=rule.critical))
    return by


def effect_of(of: Assessment, group: str | None) -> Effect | None:
    """Return the effect in one group, or in everybody; None where it has no spread."""
    people = [person for person in of.people if group in {None, person.group}]
    pre, post = (np.array([getattr(p, when) for p in people], float) for when in ("pre", "post"))
    try:
        return paired(pre, post, direction=of.rule.direction)
    except CannotCompare:
        return None


def _person(person: PersonChange) -> dict[str, Any]:
    return {
        "id": person.person,
        "group": person.group,
        "pre": person.pre,
        "post": person.post,
        "change": person.change,
        "rci": person.index,
        "category": person.category.value,
        "crossed_without_reliable_change": person.crossed,
        "room_to_improve": person.room,
        "by_mid": person.by_mid and person.by_mid.value,
        "percent_change": person.percent_change,
        "by_percent": person.by_percent and person.by_percent.value,
    }


def _named(counts: Mapping[Category, int]) -> dict[str, int]:
    return {category.value: count for category, count in counts.items()}


def _effect(of: Effect | None) -> dict[str, float] | None:
    return {"d": of.d, "g": of.g, "low": of.low, "high": of.high} if of else None


def _line(person: PersonChange, wide: int) -> str:
    index = "" if person.index is None else f"{person.index:.2f}"
    note = ", over the cut-off" if person.crossed else ""
    note += ", no room to improve" if person.room is False else ""
    return (
        f"{person.person:<{wide}}  {person.pre:>8g}  {person.post:>8g}  {person.change:>8g}"
        f"  {index:>7}  {person.category}{note}"
    )


def _short(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.4g}"
