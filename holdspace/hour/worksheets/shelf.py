"""Which forms and maps a therapy is offered: its approaches' own first, then the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from holdspace.frame.approaches.catalogue import Approach
from holdspace.frame.therapy.models import Therapy
from holdspace.hour.worksheets.definitions import Definition, Language
from holdspace.hour.worksheets.library import library


@dataclass(frozen=True, slots=True)
class Offered:
    """The forms of a therapy's approaches, and the others, each by name."""

    own: Sequence[Definition]
    others: Sequence[Definition]


def offered(
    of: Therapy,
    approaches: Iterable[Approach],
    language: Language,
    sought: str,
    only: Sequence[str],
) -> Offered:
    """What can be begun in a therapy; of all, where words are sought, what has them in its name.

    `only` are the layers that may be begun.
    """
    wanted = {name for approach in approaches for name in approach.artefacts}
    fit = [one for one in library().values() if one.is_for(of.voice) and one.layer in only]
    by_name = sorted(fit, key=lambda one: one.name.said(language).casefold())
    words = sought.casefold().split()
    found = [one for one in by_name if all(word in _text(one, language) for word in words)]
    return Offered(
        [one for one in found if one.id in wanted], [one for one in found if one.id not in wanted]
    )


def _text(one: Definition, language: Language) -> str:
    return f"{one.name.said(language)} {one.about.said(language)} {one.id}".casefold()
