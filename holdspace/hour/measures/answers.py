"""The answers as they were given: one for each item, checked, and what need not be asked."""

from collections.abc import Mapping, Sequence

from holdspace.hour.measures.definitions import Instrument, Item
from holdspace.hour.measures.scores import AnswerOutOfRange, UnknownItem, WrongNumberOfAnswers

Answers = Mapping[str, int | None] | Sequence[int | None]


def skipped_by(instrument: Instrument, given: Mapping[str, int | None]) -> frozenset[str]:
    """Return the items that are not asked after these answers."""
    return frozenset(
        item
        for skip in instrument.scoring.skips
        if all(given.get(each) == 0 for each in skip.zero)
        for item in skip.items
    )


def by_item(instrument: Instrument, answers: Answers) -> dict[str, int | None]:
    """Return an answer, or None, for every item; raises AnswersRefused."""
    given = (
        _from_mapping(instrument, answers)
        if isinstance(answers, Mapping)
        else _from_sequence(instrument, answers)
    )
    for item in instrument.items:
        _check(instrument, item, given[item.id])
    return given


def _from_mapping(
    instrument: Instrument, answers: Mapping[str, int | None]
) -> dict[str, int | None]:
    items = [item.id for item in instrument.items]
    strangers = sorted(set(answers) - set(items))
    if strangers:
        raise UnknownItem(f"{instrument.short_name} has no item “{strangers[0]}”.")
    return {item: answers.get(item) for item in items}


def _from_sequence(instrument: Instrument, answers: Sequence[int | None]) -> dict[str, int | None]:
    items = [item.id for item in instrument.items]
    if len(answers) != len(items):
        raise WrongNumberOfAnswers(
            f"{instrument.short_name} has {len(items)} items, and {len(answers)} answers "
            "were given. Leave the place of an unanswered item empty."
        )
    return dict(zip(items, answers, strict=True))


def _check(instrument: Instrument, item: Item, value: int | None) -> None:
    values = [option.value for option in instrument.options_of(item)]
    if value is None or (type(value) is int and value in values):
        return
    steps = f"whole numbers from {min(values)} to {max(values)}"
    if len(values) < max(values) - min(values) + 1:
        steps = ", ".join(map(str, values))
    raise AnswerOutOfRange(
        f"Item {item.number} of {instrument.short_name} was answered {value!r}; "
        f"the answers are {steps}."
    )
