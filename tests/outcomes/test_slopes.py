"""The growth model's index: published classification, and what it cannot tell."""

from collections.abc import Sequence

import pytest

from holdspace.hour.measures.change import Norm
from holdspace.hour.measures.instruments import Direction
from holdspace.office.outcomes.statistics.change import Cutoff, Rule, assess, groups
from holdspace.office.outcomes.statistics.indices import CannotCompare, Method
from holdspace.office.outcomes.statistics.slopes import slopes
from holdspace.office.outcomes.statistics.table import Long, Score, scores
from tests.outcomes.files import claus, published


def made(rows: Sequence[tuple[str, str, float | None]]) -> list[Score]:
    return [Score(number, *row) for number, row in enumerate(rows, start=2)]


def test_the_published_classification_by_slopes_is_reproduced() -> None:
    """Snapshot of cs_combined(hamd, HLM) in clinicalsignificance: 10, 1, 20, 9 and 0."""
    hamd = scores(published("claus_2020"), Long("id", "time", "hamd")).scores
    found = slopes(hamd, "1", "4")
    rule = Rule(Direction.HIGHER_WORSE, Method.HLM, cutoff=Cutoff.C, functional=Norm(8, 8))
    judged = groups(assess(claus("hamd"), rule, slopes=found))[0]
    assert list(judged.counts.values()) == [10, 1, 20, 9, 0]


def test_only_scores_between_the_two_times_are_looked_at() -> None:
    hamd = scores(published("claus_2020"), Long("id", "time", "hamd")).scores
    early = [one for one in hamd if one.time != "4.0"]
    assert slopes(hamd, "1", "3") == slopes(early, "1", "3")
    assert slopes(hamd, "4", "1") == slopes(hamd, "1", "4")


@pytest.mark.parametrize(
    ("rows", "times", "why"),
    [
        ([("A", "pre", 1), ("A", "post", 2)], ("pre", "post"), "times that are numbers"),
        ([("A", "1", 1), ("A", "late", 2)], ("1", "2"), "Row 3: the time “late” is not a number"),
        ([("A", "1", 1), ("A", "2", 2), ("A", "3", None)], ("1", "3"), "at least three scores"),
        ([("A", "1", 1), ("A", "2", 2), ("A", "3", 4)], ("1", "3"), "One person alone"),
        (
            [(who, str(n), 5.0 * n + n % 2 + (who == "B")) for who in "ABCD" for n in range(1, 6)],
            ("1", "5"),
            "slopes do not differ",
        ),
    ],
)
def test_what_the_growth_model_cannot_tell_ends_in_a_sentence(
    rows: Sequence[tuple[str, str, float | None]], times: tuple[str, str], why: str
) -> None:
    with pytest.raises(CannotCompare, match=why):
        slopes(made(rows), *times)
