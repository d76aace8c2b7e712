"""A practice's scores as Parquet: what leaves, and what does not."""

from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from django.conf import LazySettings

from holdspace.cellar.ledger.models import Line
from holdspace.cli.exporting import export
from holdspace.office.outcomes.queries import exported
from tests.cast import NOW, Cast, a_member, a_practice, a_session
from tests.outcomes.summed import many, scored


@pytest.fixture(autouse=True)
def _house(settings: LazySettings) -> None:
    settings.HOLDSPACE_IS_DEMO = True  # the key of the tests lies in memory


def test_an_answer_belongs_to_the_session_that_came_after_it(cast: Cast) -> None:
    for week in (3, 2, 1):
        a_session(cast.amara, NOW - timedelta(weeks=week, minutes=-20), state="held")
    a_session(cast.amara, NOW - timedelta(weeks=1, days=-2), state="not held")
    scored(cast.amara, 18, 12, None, 6)
    scored(cast.amara, 9, answered_by="paper")
    scored(cast.amara, 7, respondent="parent")
    found = list(exported.outcomes(cast.practice.id))
    assert sorted((one.session, one.score) for one in found) == [
        (1, 18), (2, 12), (4, 6), (4, 7), (4, 9)
    ]  # fmt: skip
    assert {one.known["respondent"] for one in found} == {"client", "parent"}
    assert found[0].known["service"] == "psychotherapy"


def test_only_the_practices_own_sessions_are_counted(cast: Cast) -> None:
    session = a_session(cast.amara, NOW - timedelta(weeks=1), state="held")
    scored(cast.amara, 18)
    session.practice = cast.stranger.practice
    session.save()
    assert [one.session for one in exported.outcomes(cast.practice.id)] == [1]


def test_what_leaves_has_no_names_no_ids_and_no_dates(cast: Cast, tmp_path: Path) -> None:
    many(cast.mira, [(18, 12, 6)] * 6)
    many(cast.stranger, [(27, 27)] * 6)
    run = CliRunner().invoke(
        export, ["--parquet", str(tmp_path), "--practice", str(cast.practice.id)]
    )
    assert run.exit_code == 0, run.output
    assert "18 scores of 6 courses" in run.output
    [file] = tmp_path.glob("*.parquet")
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT * FROM '{file}'").fetchall()
    said = repr(rows)
    assert len(rows) == 6
    assert "Somebody" not in said
    assert "2026" not in said
    assert "-7" not in said  # no id of ours is a UUIDv7 in text
    assert rows[0][-1] == [18.0, 12.0, 6.0]
    assert Line.objects.filter(act="exported", practice=cast.practice.id).count() == 1


def test_therapists_are_numbers_where_enough_of_them_have_enough_courses(
    cast: Cast, tmp_path: Path
) -> None:
    others = [a_member(cast.practice, name, "therapist") for name in ("Ada Roe", "Ben Roe")]
    for member in (cast.mira, *others):
        many(member, [(18, 12, 6)] * 4)
    asked = ["--parquet", str(tmp_path), "--practice", str(cast.practice.id), "--k", "3"]
    run = CliRunner().invoke(export, [*asked, "--therapists"])
    assert "3 therapists are told apart; of 0 courses it is not said whose they are." in run.output
    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT count(*) FROM '{tmp_path}/*.parquet' GROUP BY therapist"
        )
        assert found.fetchall() == [(4,)] * 3


def test_too_few_to_hide_among_are_not_written(cast: Cast, tmp_path: Path) -> None:
    many(cast.mira, [(18, 12)] * 3)
    run = CliRunner().invoke(
        export, ["--parquet", str(tmp_path), "--practice", str(cast.practice.id)]
    )
    assert run.exit_code == 2
    assert "nothing was written" in run.output
    assert not list(tmp_path.iterdir())


def test_of_several_practices_one_must_be_named(cast: Cast, tmp_path: Path) -> None:
    run = CliRunner().invoke(export, ["--parquet", str(tmp_path)])
    assert run.exit_code == 2
    assert str(cast.practice.id) in run.output


def test_the_only_practice_need_not_be_named(house: None, tmp_path: Path) -> None:  # noqa: ARG001
    many(a_member(a_practice("Linden House"), "Mira Osei", "therapist"), [(18, 12)] * 5)
    run = CliRunner().invoke(export, ["--parquet", str(tmp_path)])
    assert run.exit_code == 0, run.output
