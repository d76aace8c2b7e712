"""Two measures judged together, as NHS Talking Therapies does; and England's published cells."""

from collections.abc import Mapping
from typing import Any

import pytest

from holdspace.office.outcomes.statistics import national
from holdspace.office.outcomes.statistics.pairs import (
    THRESHOLDS,
    Scored,
    Verdict,
    judge,
    rates,
)
from tests.outcomes.files import vectors

C14 = vectors("nhs_pairs")


def verdict(case: Mapping[str, Any]) -> Verdict:
    (other,) = {"gad7", "spin"} & set(case)
    return judge(Scored(THRESHOLDS["phq9"], *case["phq9"]), Scored(THRESHOLDS[other], *case[other]))


@pytest.mark.parametrize("case", C14, ids=lambda case: "-".join(map(str, case.values())))
def test_c14_recovery_improvement_and_deterioration(case: Mapping[str, Any]) -> None:
    found = verdict(case)
    assert found.recovery is case["recovery"]
    assert found.case is (case["recovery"] is not None)
    assert found.improvement is case["improvement"]
    assert found.deterioration is case["deterioration"]
    both = None if case["recovery"] is None else case["recovery"] and case["improvement"]
    assert found.reliable_recovery is both


def test_rates_are_of_cases_for_recovery_and_of_all_for_change() -> None:
    found = rates(verdict(case) for case in C14)
    assert (found.n, found.cases) == (14, 11)
    assert found.recovery == pytest.approx(5 / 11)
    assert found.reliable_recovery == pytest.approx(2 / 11)
    assert found.improvement == pytest.approx(6 / 14)
    assert found.deterioration == pytest.approx(3 / 14)
    assert found.no_change == pytest.approx(5 / 14)


def test_nobody_has_no_rates() -> None:
    found = rates([])
    assert (found.n, found.recovery, found.improvement) == (0, None, None)


def test_the_mobility_inventory_is_a_case_only_beyond_its_cut() -> None:
    assert not THRESHOLDS["mi"].is_case(2.3)
    assert THRESHOLDS["mi"].is_case(2.31)


def test_what_was_not_read_in_a_source_says_so() -> None:
    assert {name for name, known in THRESHOLDS.items() if known.verified} == {"phq9", "gad7"}
    assert all(known.source for known in THRESHOLDS.values())


def test_the_255_cells_of_england_are_read() -> None:
    assert len(national.cells()) == 255
    assert (len(national.problems()), len(national.therapies())) == (17, 15)
    assert national.cell("Depression", "Astrology") is None


def test_rates_are_recomputed_from_the_published_counts() -> None:
    """Depression in counselling: 53,100 courses, 6,049 not at caseness."""
    found = national.cell("Depression", "Counselling for Depression")
    assert found is not None
    assert (found.courses, found.cases) == (53100, 47051)
    assert found.recovery_rate == pytest.approx(22887 / 47051)
    assert found.reliable_recovery_rate == pytest.approx(20597 / 47051)
    assert found.improvement_rate == pytest.approx(31745 / 53100)
    assert found.deterioration_rate == pytest.approx(3232 / 53100)


def test_a_cell_with_nobody_in_it_has_no_rates() -> None:
    found = national.cell("Agoraphobia", "Brief psychodynamic psychotherapy")
    assert found is not None
    assert (found.courses, found.recovery_rate, found.improvement_rate) == (0, None, None)
    assert found.measures["phq9"].start_mean is None


@pytest.mark.parametrize("cell", national.cells(), ids=lambda c: f"{c.problem} {c.therapy}")
def test_counts_and_rates_of_every_cell_are_possible(cell: national.Cell) -> None:
    assert cell.reliable_recovery <= min(cell.recovery, cell.improvement)
    assert cell.recovery <= cell.cases
    assert cell.improvement + cell.no_change + cell.deterioration <= cell.courses
    for rate in (cell.recovery_rate, cell.improvement_rate, cell.deterioration_rate):
        assert rate is None or 0 <= rate <= 1


@pytest.mark.parametrize("measure", ["phq9", "gad7", "wsas"])
def test_published_effect_sizes_follow_from_the_published_means(measure: str) -> None:
    """All are rounded to a tenth at the source, so within a tenth from 20 courses."""
    large = [cell for cell in national.cells() if cell.courses >= 20]
    compared = 0
    for cell in large:
        found = cell.measures[measure]
        if found.effect_size is None:
            continue
        assert found.start_mean is not None
        assert found.end_mean is not None
        assert found.start_sd
        effect = (found.start_mean - found.end_mean) / found.start_sd
        assert effect == pytest.approx(found.effect_size, abs=0.1)
        compared += 1
    assert compared > 130


def test_c17_courses_grew_and_recovery_fell() -> None:
    """NHS Digital, September 2022: 664,087 courses after 634,649; recovery 50.2 after 51.4 %."""
    assert national.growth(664_087, 634_649) == pytest.approx(4.638, abs=5e-4)
    assert round(50.2 - 51.4, 1) == -1.2
