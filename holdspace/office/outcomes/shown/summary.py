"""A page of outcomes added up, in the order it is read.

Where `whole` is said, the numbers are the practice's, and small ones are not shown.
"""

from holdspace.office.outcomes.queries.service import Numbers
from holdspace.office.outcomes.shown.change import attended, changed
from holdspace.office.outcomes.shown.endings import answered, ended
from holdspace.office.outcomes.shown.parts import Section
from holdspace.office.outcomes.shown.therapists import among


def sections(of: Numbers, *, whole: bool) -> list[Section]:
    """Everything that can be said from these numbers."""
    found = []
    if of.change is not None and of.chosen is not None:
        found.append(changed(of.change, of.chosen.name, whole=whole))
    if of.answered is not None:
        found.append(answered(of.answered, whole=whole))
    found += [ended(of.stayed, whole=whole), attended(of, whole=whole)]
    if of.colleagues is not None:
        found.append(among(of.colleagues, whole=whole))
    return found
