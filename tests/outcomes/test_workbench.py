"""The workbench: a member's own tables, read, judged, reported and destroyed."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.utils import translation

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.vault.models import ScopeKey
from holdspace.office.outcomes import actions, reading
from holdspace.office.outcomes.actions import workbench
from holdspace.office.outcomes.models import Import
from holdspace.office.outcomes.queries import workbench as imports
from holdspace.office.outcomes.shown import results
from holdspace.office.outcomes.statistics.indices import Method
from holdspace.office.outcomes.statistics.report import effect_of
from holdspace.office.outcomes.statistics.table import TableRefused
from tests.access.examples import signed_in
from tests.cast import NOW, Cast
from tests.outcomes.files import vectors

DATA = Path(__file__).parent / "data"
LONG = "who,when,score,arm\n1,a,20,x\n1,b,4,x\n2,a,18,y\n2,b,19,y\n3,a,11,x\n3,b,3,x\n4,a,9,y\n"
JT: dict[str, Any] = {
    "shape": "long", "person": "who", "group": "arm", "time": "when", "score": "score",
    "first": "a", "last": "b", "direction": "higher_worse", "methods": ["jt", "ha"],
    "reliability": "0.84", "cutoff": "c", "functional_mean": "3", "functional_sd": "3.5",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en-gb"):
        yield


def brought(cast: Cast, text: str = LONG, name: str = "scores.csv") -> Import:
    return actions.bring(actions.Brought(name, text.encode()), by=cast.visitor("mira"), at=NOW)


@pytest.fixture
def mira(cast: Cast, settings: Any) -> Client:
    settings.HOLDSPACE_SECOND_FACTOR_REQUIRED = False
    return signed_in("mira")(cast, None)  # type: ignore[arg-type]


def page(table: Import, rest: str = "") -> str:
    return f"/outcomes/workbench/{table.id}/{rest}"


# ------------------------------------------------------------------ whose they are


def test_a_table_is_for_whoever_brought_it(cast: Cast) -> None:
    table = brought(cast)
    assert imports.one(cast.visitor("mira"), table.id).name == "scores.csv"
    assert [one.id for one in imports.imports(cast.visitor("mira"))] == [table.id]
    for name in ("tom", "olive", "sam", "stranger"):
        assert imports.imports(cast.visitor(name)) == []
        with pytest.raises(NotHere):
            imports.one(cast.visitor(name), table.id)


def test_who_may_not_bring_one_is_told_that_nothing_is_there(cast: Cast) -> None:
    with pytest.raises(NotHere):
        actions.bring(actions.Brought("a", LONG.encode()), by=cast.visitor("sam"), at=NOW)


def test_an_owner_brings_tables_too(cast: Cast) -> None:
    actions.bring(actions.Brought("a", LONG.encode()), by=cast.visitor("olive"), at=NOW)
    assert len(imports.imports(cast.visitor("olive"))) == 1


def test_neither_name_nor_rows_lie_open(cast: Cast) -> None:
    brought(cast, LONG.replace("1,a", "Ada Lovelace,a"), "Ada Lovelace.csv")
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT * FROM outcomes_import")
        assert "Lovelace" not in repr(cursor.fetchall())


def test_taking_a_table_away_destroys_it_and_its_key(cast: Cast) -> None:
    table = brought(cast)
    actions.take_away(table.id, by=cast.visitor("mira"), at=NOW)
    assert not Import.objects.exists()
    assert not ScopeKey.objects.filter(pk=table.id, destroyed_at=None).exists()


def test_somebody_elses_table_cannot_be_taken_away(cast: Cast) -> None:
    table = brought(cast)
    with pytest.raises(NotHere):
        actions.take_away(table.id, by=cast.visitor("tom"), at=NOW)
    with pytest.raises(NotHere):
        actions.read_as(table.id, {}, by=cast.visitor("tom"), at=NOW)
    assert Import.objects.count() == 1


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (b"", "empty"),
        (b"a,b,c", "no rows"),
        (b"PK\x03\x04", "workbook"),
        (b"x" * 4_194_305, "4 MB"),
    ],
)
def test_what_is_no_table_is_not_taken(cast: Cast, table: bytes, why: str) -> None:
    with pytest.raises(actions.CannotBring, match=why):
        actions.bring(actions.Brought("a", table), by=cast.visitor("mira"), at=NOW)


def test_there_are_so_many_rows_and_tables_and_no_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    with pytest.raises(actions.CannotBring, match="more than 3 rows"):
        brought(cast)
    monkeypatch.undo()
    monkeypatch.setattr(workbench, "MOST_IMPORTS", 1)
    brought(cast)
    with pytest.raises(actions.CannotBring, match="1 tables already"):
        brought(cast)


# ------------------------------------------------------------------ in a browser


def test_a_file_is_brought_read_judged_and_taken_away(mira: Client, cast: Cast) -> None:
    file = SimpleUploadedFile("mine.csv", LONG.encode(), "text/csv")
    answer = mira.post("/outcomes/workbench/file", {"file": file})
    table = Import.objects.get()
    assert answer.headers["location"] == page(table)
    assert "mine.csv" in mira.get("/outcomes/workbench/").content.decode()
    shown = mira.get(page(table)).content.decode()
    assert 'option value="a" selected' in shown  # the columns were guessed
    assert mira.post(page(table), JT).headers["location"] == page(table)
    shown = mira.get(page(table)).content.decode()
    assert "Jacobson–Truax" in shown
    assert "Of 3 people, 2 improved reliably" in shown
    assert "1 have only one and are not counted" in shown
    assert "computed with Holdspace" in shown
    assert mira.post(page(table, "away")).headers["location"] == "/outcomes/workbench/"
    assert mira.get(page(table)).status_code == 404
    assert cast.mira.id is not None


def test_results_are_a_csv_and_a_pdf(mira: Client, cast: Cast) -> None:
    table = brought(cast, LONG.replace("\n3,", "\n=cmd,"))
    assert mira.get(page(table, "results.csv")).status_code == 404
    assert mira.get(page(table, "report.pdf")).status_code == 404
    mira.post(page(table), JT)
    answer = mira.get(page(table, "results.csv"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="results.csv"'
    assert [row["id"] for row in rows if row["method"] == "jt"] == ["1", "2", "'=cmd"]
    assert rows[0]["category"] == "recovered"
    made = mira.get(page(table, "report.pdf"))
    assert made.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made.content


def test_rows_are_named_that_cannot_be_read(mira: Client, cast: Cast) -> None:
    table = brought(cast, LONG + "5,a,many,x\n5,b,3,x\n6\n")
    mira.post(page(table), JT)
    shown = mira.get(page(table)).content.decode()
    assert "Row 9: “many” is not a number." in shown
    assert "Row 11: It has 1 cells; the header has 4." in shown


def test_what_was_chosen_wrongly_is_said_beside_it(mira: Client, cast: Cast) -> None:
    table = brought(cast)
    cases: list[tuple[dict[str, Any], str]] = [
        ({"last": "a"}, "First and last are the same."),
        ({"last": ""}, "This is needed for this choice."),
        ({"reliability": ""}, "This is needed for this choice."),
        ({"methods": []}, "This is needed for this choice."),
        ({"functional_sd": ""}, "This is needed for this choice."),
        ({"cutoff": "a", "clinical_mean": "2"}, "This is needed for this choice."),
        ({"lowest": "9", "highest": "3"}, "This is not above the lowest."),
        ({"shape": "wide"}, "This is needed for this choice."),
        ({"functional_mean": "30"}, "is it lower or higher that is better?"),
    ]
    for wrong, words in cases:
        answer = mira.post(page(table), {**JT, **wrong})
        assert (answer.status_code, words in answer.content.decode()) == (422, True), wrong
    assert Import.objects.get().reading == {}


def test_columns_that_hold_no_scores_are_refused(mira: Client, cast: Cast) -> None:
    table = brought(cast)
    answer = mira.post(page(table), {**JT, "score": "arm"})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert form.errors == {"score": ["There is no score in the columns that were chosen."]}


def test_a_refusal_is_in_the_readers_language(mira: Client, cast: Cast) -> None:
    table = brought(cast, LONG + "5,a,viel,x\n5,b,3,x\n")
    cast.mira.language = "de"
    cast.mira.save()
    typed = {**JT, "reliability": "0,84", "functional_sd": "3,5"}
    answer = mira.post(page(table), {**typed, "score": "arm"})
    assert "In den gewählten Spalten steht kein Wert." in answer.content.decode()
    mira.post(page(table), typed)
    shown = mira.get(page(table)).content.decode()
    assert "Zeile 9: „viel“ ist keine Zahl." in shown
    assert "Veränderung beurteilt nach: Jacobson &amp; Truax (1991)" in shown
    answer = mira.post("/outcomes/workbench/rows", {"name": "a", "rows": "b"})
    assert "Die Datei hat eine Kopfzeile und keine Zeilen." in answer.content.decode()


def test_somebody_in_two_groups_is_told_of_beside_the_group(mira: Client, cast: Cast) -> None:
    table = brought(cast, LONG.replace("1,b,4,x", "1,b,4,y"))
    answer = mira.post(page(table), JT)
    [(field, [why])] = answer.context["form"].errors.items()
    assert field == "group"
    assert why == "1 is in group “x” (row 2) and in group “y” (row 3)."


def test_two_columns_of_one_name_cannot_be_meant(mira: Client, cast: Cast) -> None:
    table = brought(cast, "who,when,who,score\n1,a,1,9\n1,b,1,3\n2,a,1,9\n2,b,1,3\n")
    answer = mira.post(page(table), JT)
    assert "There are 2 columns named “who”." in answer.content.decode()


def test_another_time_column_offers_its_own_times(mira: Client, cast: Cast) -> None:
    table = brought(cast)
    shown = mira.post(page(table), {**JT, "time": "arm"}).content.decode()
    assert 'option value="x"' in shown


def test_a_method_that_says_nothing_of_these_scores_says_why(mira: Client, cast: Cast) -> None:
    same = "who,when,score,arm\n" + "".join(f"{n},a,9,x\n{n},b,{n},x\n" for n in range(5))
    table = brought(cast, same)
    mira.post(page(table), JT)
    assert "no spread to compare by" in mira.get(page(table)).content.decode()


def test_the_growth_model_takes_every_score_between_and_no_reliability() -> None:
    found = read("claus_2020.csv", **CLAUS, score="bdi", methods=["hlm"], functional_mean=8.0,
                 functional_sd=8.0)  # fmt: skip
    assert found.refused == {}
    assert sum(counts(found)) == 40
    words = reading.result(reading.opened(LONG.encode()), {**JT, "methods": ["hlm"], "cutoff": "a"})
    assert "needs times that are numbers" in str(words.refused[Method.HLM])


def test_change_is_judged_by_points_or_per_cent_without_a_method(mira: Client, cast: Cast) -> None:
    table = brought(cast)
    points = {**JT, "methods": [], "cutoff": "a", "mid_improvement": "5", "lowest": "0"}
    mira.post(page(table), points)
    assert "By points" in mira.get(page(table)).content.decode()
    mira.post(page(table), {**points, "mid_improvement": "", "percent": "50"})
    assert "By per cent" in mira.get(page(table)).content.decode()


def test_bringing_nothing_asks_again(mira: Client) -> None:
    for where, typed in (
        ("file", {}),
        ("rows", {"name": "a"}),
        ("rows", {"name": "a", "rows": "b"}),
    ):
        answer = mira.post(f"/outcomes/workbench/{where}", typed)
        assert (answer.status_code, "field-error" in answer.content.decode()) == (422, True)
    empty = SimpleUploadedFile("mine.csv", b"a,b", "text/csv")
    assert "no rows" in mira.post("/outcomes/workbench/file", {"file": empty}).content.decode()


def test_a_file_too_large_for_memory_is_not_taken_and_not_written(mira: Client) -> None:
    large = SimpleUploadedFile("mine.csv", b"a,b\n" * 1_200_000, "text/csv")
    answer = mira.post("/outcomes/workbench/file", {"file": large})
    assert answer.status_code == 422
    assert not Import.objects.exists()


# ------------------------------------------------------------------ published tables


def read(file: str, **said: Any) -> reading.Result:
    return reading.result(reading.opened((DATA / file).read_bytes()), said)


def counts(found: reading.Result, group: str | None = None) -> list[int]:
    everybody = next(one for one in found.judged[0].groups if one.name == group)
    return list(everybody.counts.values())


def test_guesses_begin_with_what_tables_usually_are() -> None:
    long = reading.guessed(reading.opened(LONG.encode()))
    assert (long["shape"], long["person"], long["time"]) == ("long", "who", "when")
    wide = reading.guessed(reading.opened(b"id,pre,post\n1,2,3\n2,3,4\n"))
    assert (wide["shape"], wide["first_column"], wide["last_column"]) == ("wide", "pre", "post")
    named = reading.guessed(reading.opened(b"id,week,score,arm\n1,1,9,x\n1,2,8,x\n"))
    assert named["score"] == "score"
    none = reading.guessed(reading.opened(b"id,score\n1\n"))
    assert (none["score"], none["first"]) == ("score", "")
    one = reading.guessed(reading.opened(b"id\n1\n"))
    assert one["first_column"] == one["last_column"] == "id"


def test_a_reading_that_finds_no_score_is_refused() -> None:
    with pytest.raises(TableRefused, match="no score"):
        reading.result(
            reading.opened(b"id,pre,post\n1,,\n"),
            {"shape": "wide", "person": "id", "first_column": "pre", "last_column": "post",
             "direction": "higher_worse", "percent": 50.0},
        )  # fmt: skip


def test_a_long_list_of_people_goes_on_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "SHOWN_PEOPLE", 2)
    said = {**JT, "reliability": 0.84, "functional_mean": 3.0, "functional_sd": 3.5}
    found = results.shown(reading.result(reading.opened(LONG.encode()), said))
    assert (len(found[0].people), found[0].more) == (2, 1)


def test_an_id_of_nobody_is_no_table(cast: Cast) -> None:
    with pytest.raises(NotHere):
        imports.one(cast.visitor("mira"), UUID(int=7))


CLAUS: dict[str, Any] = {
    "shape": "long", "person": "id", "time": "time", "first": "1", "last": "4",
    "direction": "higher_worse", "cutoff": "c",
}  # fmt: skip


CLAUS_UP: dict[str, Any] = {**CLAUS, "direction": "higher_better", "cutoff": "a"}


@pytest.mark.parametrize("case", vectors("classifications"), ids=lambda case: str(case["counts"]))
def test_claus_2020_comes_to_what_was_published(case: dict[str, Any]) -> None:
    mean, sd = case["functional"]
    found = read(
        "claus_2020.csv", **CLAUS, score=case["score"], methods=[case["method"]],
        reliability=case["reliability"], reliability_post=case.get("after"),
        functional_mean=mean, functional_sd=sd,
    )  # fmt: skip
    assert counts(found) == case["counts"]
    assert (len(found.pairs), len(found.left_out)) == (40, 3)


def test_well_being_counts_upwards_in_claus_2020() -> None:
    found = read(
        "claus_2020.csv", **CLAUS_UP, score="who", methods=["jt"], reliability=0.86,
        group="treatment",
    )  # fmt: skip
    assert sum(counts(found, "TAU")) + sum(counts(found, "PA")) == 40


@pytest.mark.parametrize(
    ("score", "direction", "norm", "expected"),
    [("das", "higher_better", (114.8, 17.8), [14, 5, 10, 1, 0]),
     ("gds", "higher_worse", (None, None), [12, 4, 10, 0, 0])],
)  # fmt: skip
def test_the_couples_of_jacobson_1989_are_classified(
    score: str, direction: str, norm: tuple[Any, Any], expected: list[int]
) -> None:
    found = read(
        "jacobson_1989.csv", shape="long", person="subject", time="time", score=score,
        first="pre", last="post", direction=direction, methods=["jt"], reliability=0.88,
        cutoff="c" if norm[0] else "a", functional_mean=norm[0], functional_sd=norm[1],
    )  # fmt: skip
    assert counts(found) == expected


def test_beat_the_blues_loads_wide_by_group_with_its_effects() -> None:
    found = read(
        "beat_the_blues.csv", shape="wide", person="rownames", group="treatment",
        first_column="bdi.pre", last_column="bdi.2m", direction="higher_worse", percent=50.0,
    )  # fmt: skip
    assert (len(found.pairs), len(found.left_out), list(found.faults)) == (97, 3, [])
    treated, usual = (effect_of(found.judged[0].found, arm) for arm in ("BtheB", "TAU"))
    assert treated is not None
    assert usual is not None
    assert treated.g > usual.g > 0
