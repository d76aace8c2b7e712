"""A score as text or JSON for the command line, and the reading of answers typed there."""

import re
from typing import Any

from holdspace.hour.measures.definitions import Bands, ChangeRule, Direction, Instrument
from holdspace.hour.measures.scores import (
    AnswersRefused,
    Flag,
    FlagKind,
    RuleResult,
    Score,
    Threshold,
    WhyNot,
)

WHY_NOT = {
    WhyNot.NOTHING_ANSWERED: "nothing was answered",
    WhyNot.TOO_MANY_UNANSWERED: "too many items were left unanswered",
    WhyNot.NO_TOTAL: "it has none",
}
MET = {True: "met", False: "not met", None: "not known, as items were left unanswered"}


class AnswersNotReadable(AnswersRefused):
    """What was typed is not a list of answers."""


def parse_answers(typed: str) -> list[int | None]:
    """Read “0,1,2,,3”, an empty place being an unanswered item, or raise AnswersNotReadable."""
    return [_answer(place, word.strip()) for place, word in enumerate(typed.split(","), start=1)]


def _answer(place: int, word: str) -> int | None:
    if not word:
        return None
    if not re.fullmatch(r"-?[0-9]{1,6}", word):
        raise AnswersNotReadable(
            f"Answer {place} is “{word[:20]}”. Write whole numbers with commas between them, "
            "and leave the place of an unanswered item empty: 0,1,2,,3"
        )
    return int(word)


def as_json(score: Score, instrument: Instrument) -> dict[str, Any]:
    """Return the score as plain values, for JSON."""
    rule = instrument.reliable_change
    return {
        "instrument": score.instrument,
        "version": score.version,
        "thresholds": score.thresholds,
        "total": _plain(score.total),
        "range": list(instrument.range),
        "direction": instrument.direction.value,
        "subscales": {name: _plain(value) for name, value in score.subscales.items()},
        "band": score.band,
        "band_verified": bool(instrument.bands and instrument.bands.verified),
        "subscale_bands": dict(score.subscale_bands),
        "converted": score.converted,
        "coding": score.coding,
        "answered": score.answered,
        "of": score.of,
        "prorated": score.prorated,
        "unanswered": [instrument.item(item).number for item in score.unanswered],
        "why_not": score.why_not and score.why_not.value,
        "flags": [_flag_as_json(flag, instrument) for flag in score.flags],
        "rules": [
            {
                "id": each.id,
                "label": each.label,
                "met": each.met,
                "counts": list(each.counts),
                "verified": each.verified,
            }
            for each in score.rules
        ],
        "cutoffs": [_threshold_as_json(each) for each in score.thresholds_met],
        "change_rule": rule and _rule_as_json(rule),
        "licence_credit": instrument.licence.credit,
        "validated": instrument.validated,
    }


def _rule_as_json(rule: ChangeRule) -> dict[str, Any]:
    return {
        "points": rule.points,
        "operator": rule.operator,
        "rule": rule.rule,
        "source": rule.source,
        "verified": rule.verified,
    }


def _threshold_as_json(threshold: Threshold) -> dict[str, Any]:
    cutoff = threshold.cutoff
    return {
        "id": cutoff.id,
        "kind": cutoff.kind,
        "of": cutoff.of,
        "operator": cutoff.operator,
        "value": cutoff.value,
        "met": threshold.met,
        "meaning": cutoff.meaning,
        "source": cutoff.source,
        "verified": cutoff.verified,
    }


def listed(instrument: Instrument) -> dict[str, Any]:
    """Return what a list of instruments says of one, as plain values."""
    licence = instrument.licence
    return {
        "id": instrument.id,
        "name": instrument.name,
        "status": licence.status,
        "items": len(instrument.items),
        "range": list(instrument.range) if instrument.has_total else None,
        "direction": instrument.direction.value,
        "constructs": list(instrument.constructs),
        "respondent": instrument.respondent,
        "coding": instrument.coding,
        "languages": list(instrument.languages),
        "licence": licence.statement,
        "licence_verified": licence.verified,
        "source": licence.source,
        "date": licence.date,
        "verified": list(instrument.verified),
    }


def as_text(score: Score, instrument: Instrument) -> str:
    """Return the score as lines for a person to read."""
    lines = [
        f"{instrument.name} ({instrument.short_name})",
        _total_line(score, instrument),
        *_subscale_lines(score, instrument),
        f"Band: {score.band or 'none for this score'}{_doubt(instrument.bands)}",
        f"Answered: {score.answered} of {score.of}",
        f"Prorated: {'yes' if score.prorated else 'no'}",
        *(f"{each.label}: {MET[each.met]}{_doubt(each)}" for each in score.rules),
        "Flags: none" if not score.flags else "Flags:",
        *(f"  {_flag_line(flag, instrument)}" for flag in score.flags),
        _change_line(instrument),
    ]
    if not instrument.validated:
        lines.append("Not a validated scale.")
    return "\n".join([*lines, f"Credit: {instrument.licence.credit}"])


def _plain(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _total_line(score: Score, instrument: Instrument) -> str:
    if score.total is None:
        return f"Total: none, because {WHY_NOT[score.why_not or WhyNot.NOTHING_ANSWERED]}"
    low, high = (_number(end) for end in instrument.range)
    better = "better" if instrument.direction is Direction.HIGHER_BETTER else "worse"
    return f"Total: {_number(score.total)} (range {low} to {high}, higher is {better})"


def _subscale_lines(score: Score, instrument: Instrument) -> list[str]:
    labels = {scale.id: scale.label for scale in instrument.scoring.subscales}
    lines = [
        f"  {name} {labels[name]}: {'none' if value is None else _number(value)}"
        + (f" ({band})" if (band := score.subscale_bands[name]) else "")
        for name, value in score.subscales.items()
    ]
    table = instrument.scoring.conversion
    if table is not None and score.converted is not None:
        mark = "" if table.verified else " (not verified)"
        lines.append(f"  {table.label}: {_number(score.converted)}{mark}")
    return lines


def _change_line(instrument: Instrument) -> str:
    rule = instrument.reliable_change
    if rule is None:
        return "Reliable change: no published rule"
    return f"Reliable change: {rule.operator} {rule.points:g} points. {rule.source}{_doubt(rule)}"


def _doubt(fact: Bands | RuleResult | ChangeRule | None) -> str:
    """What stands behind a fact that was not read at a source."""
    return "" if fact is None or fact.verified else " (not verified)"


def _flag_as_json(flag: Flag, instrument: Instrument) -> dict[str, Any]:
    return {
        "kind": flag.kind.value,
        "id": flag.id,
        "item": flag.item and instrument.item(flag.item).number,
        "value": _plain(None if flag.value is None else float(flag.value)),
        "text": _flag_line(flag, instrument),
        "source": flag.source,
    }


def _flag_line(flag: Flag, instrument: Instrument) -> str:
    number = instrument.item(flag.item).number if flag.item else 0
    value = _number(flag.value or 0)
    return {
        FlagKind.SAFETY: f"Safety: item {number} was answered {value}",
        FlagKind.RISK_UNANSWERED: f"Risk not known: item {number} was not answered",
        FlagKind.CUTOFF: f"Threshold {value} reached: {flag.meaning}",
        FlagKind.OUTSIDE_AGES: f"Not made for the age of {value}. {flag.meaning}".strip(),
    }[flag.kind]
