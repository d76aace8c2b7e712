"""What the statistics say, in the reader's language: refusals, faults in rows, citations."""

from django.utils.translation import gettext as _

from holdspace.hour.measures.sentences import number
from holdspace.office.outcomes.statistics.change import Rule
from holdspace.office.outcomes.statistics.report import cited
from holdspace.office.outcomes.statistics.saying import Cited, Sentence, Value
from holdspace.office.outcomes.statistics.table import Fault


def in_words(said: Sentence | str) -> str:
    """A code's sentence; a text without a code, which no page expects, as it is."""
    if isinstance(said, str):
        return said
    return _(said.code.value) % {name: _written(value) for name, value in said.values.items()}


def _written(value: Value) -> str:
    return number(value) if isinstance(value, float) else str(value)


def of_row(fault: Fault) -> str:
    """What is wrong in a row, with its number."""
    return _("Row %(row)s: %(why)s") % {"row": fault.row, "why": in_words(fault.said)}


def citation(rule: Rule) -> str:
    """One line that says by which rule a change was judged."""
    return in_words(Cited.ALL.of(parts=", ".join(map(in_words, cited(rule)))))
