"""What the statistics refuse and cite: by codes, in English or in the reader's language."""

import re

import pytest
from django.utils import translation

from holdspace.hour.measures.change import Norm
from holdspace.hour.measures.instruments import Direction
from holdspace.office.outcomes.shown import saying
from holdspace.office.outcomes.statistics.change import Cutoff, Mid, Rule
from holdspace.office.outcomes.statistics.indices import Method, Reliability
from holdspace.office.outcomes.statistics.report import citation
from holdspace.office.outcomes.statistics.saying import Cited, Why
from holdspace.office.outcomes.statistics.table import Fault

RULES = [
    Rule(Direction.HIGHER_WORSE, Method.JT, Reliability(0.84), Cutoff.C, Norm(3, 3.5)),
    Rule(Direction.HIGHER_WORSE, Method.HLM),
    Rule(Direction.HIGHER_WORSE, mid=Mid(5, 4)),
    Rule(Direction.HIGHER_WORSE, percent=50),
]


@pytest.mark.parametrize("code", [*Why, *Cited])
@pytest.mark.parametrize("language", ["de", "es"])
def test_every_code_has_its_words_with_the_same_values(code: Why | Cited, language: str) -> None:
    values = dict.fromkeys(re.findall(r"%\((\w+)\)s", code.value), "X7")
    with translation.override("en-gb"):
        assert saying.in_words(code.of(**values)) == str(code.of(**values))
    with translation.override(language):
        assert saying.in_words(code.of(**values)).count("X7") == len(values)


@pytest.mark.parametrize("rule", RULES)
def test_a_page_cites_in_english_what_the_statistics_cite(rule: Rule) -> None:
    with translation.override("en-gb"):
        assert saying.citation(rule) == citation(rule)


def test_numbers_and_words_are_those_of_the_reader() -> None:
    fault = Fault(9, Why.OUTSIDE.of(score=7.5, lowest=0.0, highest=6.0))
    assert str(fault) == "Row 9: 7.5 is outside 0 to 6."
    with translation.override("de"):
        assert saying.of_row(fault) == "Zeile 9: 7,5 liegt außerhalb von 0 bis 6."
        assert "Reliabilität 0,84" in saying.citation(RULES[0])
    with translation.override("es"):
        assert saying.of_row(fault).startswith("Fila 9: 7,5 ")


def test_what_no_page_expects_is_said_as_it_is() -> None:
    assert saying.in_words("A count is not below 0.") == "A count is not below 0."
