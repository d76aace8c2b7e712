"""What is agreed in couples, families and groups about what one of them tells alone.

Four rules are usual in the field (general knowledge; as of 2026-11): no secrets; the therapist's
judgement; limited secrets; each one's own part stays theirs. Having none cannot be defended.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from holdspace.frame.people.rules import CannotBe
from holdspace.frame.therapy.rules import LONGEST_WORDS, a_day, some_words


class Rule(StrEnum):
    """What becomes of something that one of them tells alone."""

    NO_SECRETS = "no secrets"
    JUDGEMENT = "judgement"
    LIMITED = "limited"
    INDIVIDUAL = "individual"


class Channel(StrEnum):
    """Where the rule holds."""

    SESSIONS = "sessions"
    MESSAGES = "messages"
    CALLS = "calls"


class Means(StrEnum):
    """How somebody agreed."""

    SIGNED = "signed"
    SAID = "said"


RULES: Final = {
    Rule.NO_SECRETS: gettext_lazy("No secrets"),
    Rule.JUDGEMENT: gettext_lazy("By the therapist's judgement"),
    Rule.LIMITED: gettext_lazy("Limited: some things stay with the one who told them"),
    Rule.INDIVIDUAL: gettext_lazy("Each one's own part stays theirs"),
}
REMINDERS: Final = {  # where somebody writes about one of them, or to one of them
    Rule.NO_SECRETS: gettext_lazy("No secrets is agreed: what is written here may be brought to all together."),  # noqa: E501
    Rule.JUDGEMENT: gettext_lazy("It is agreed that you judge what is brought to all together."),
    Rule.LIMITED: gettext_lazy("Limited secrets are agreed: look at what was said about this kind of thing."),  # noqa: E501
    Rule.INDIVIDUAL: gettext_lazy("It is agreed that each one's own part stays theirs: it is not brought to the others."),  # noqa: E501
}  # fmt: skip
NOTHING_AGREED: Final = gettext_lazy("Nothing is agreed yet about what one of them tells alone.")
CHANNELS: Final = {
    Channel.SESSIONS: gettext_lazy("Sessions"), Channel.MESSAGES: gettext_lazy("Messages"),
    Channel.CALLS: gettext_lazy("Telephone calls"),
}  # fmt: skip
MEANS: Final = {
    Means.SIGNED: gettext_lazy("signed on paper"), Means.SAID: gettext_lazy("agreed in the room"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What is agreed from a day on, in words that all have read or heard."""

    rule: Rule
    channels: tuple[Channel, ...]
    words: str
    from_on: date
    by: tuple[UUID, ...]  # participants who agreed on that day
    means: Means


def checked(agreed: Agreed, members: Collection[UUID], *, earliest: date, today: date) -> Agreed:
    """An agreement that can be written down; raises CannotBe."""
    if not agreed.channels:
        raise CannotBe(_("Please say where it holds."), "channels")
    if not set(agreed.by) <= set(members):
        raise CannotBe(_("Only those who take part agree."), "by")
    a_day(agreed.from_on, "from_on", earliest=earliest, latest=today)
    return replace(agreed, words=some_words(agreed.words, "words", LONGEST_WORDS))


def still_to_agree(members: Iterable[UUID], agreed: Collection[UUID]) -> list[UUID]:
    """Those who take part and have not agreed yet, in their order."""
    return [one for one in members if one not in agreed]
