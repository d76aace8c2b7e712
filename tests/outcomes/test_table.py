"""Reading scores from files as people have them: what is read, and what is named as a fault."""

import pytest

from holdspace.office.outcomes.statistics.saying import Why
from holdspace.office.outcomes.statistics.table import (
    Fault,
    Long,
    Pair,
    Scale,
    Sheet,
    Table,
    TableRefused,
    Wide,
    before_and_after,
    scores,
    sheet,
    time_key,
)
from tests.outcomes.files import claus, pairs, published

LONG = Long("id", "time", "score")


def read(text: str | bytes, columns: Long | Wide = LONG, scale: Scale | None = None) -> Table:
    return scores(sheet(text), columns, scale=scale)


def told(text: str | bytes, columns: Long | Wide = LONG, scale: Scale | None = None) -> list[str]:
    return [str(fault) for fault in read(text, columns, scale).faults]


def values(table: Table) -> list[float | None]:
    return [score.score for score in table.scores]


def test_a_long_file_has_a_row_for_each_score() -> None:
    table = read("id,time,score,arm\nA,1,12.5,x\nA,2,,x\n", Long("id", "time", "score", "arm"))
    assert [(s.row, s.person, s.time, s.score, s.group) for s in table.scores] == [
        (2, "A", "1", 12.5, "x"),
        (3, "A", "2", None, "x"),
    ]
    assert table.faults == ()


def test_a_wide_file_has_a_row_for_each_person() -> None:
    table = read("id,before,after,age\nA,12,8,40\n", Wide("id", ("before", "after"), also=("age",)))
    assert [(s.time, s.score, s.also) for s in table.scores] == [
        ("before", 12, ("40",)),
        ("after", 8, ("40",)),
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(mark: str) -> None:
    found = sheet(mark.join(["id", "time", "score"]) + "\n" + mark.join(["A", "1", "3"]))
    assert (found.delimiter, found.header) == (mark, ("id", "time", "score"))


def test_a_decimal_comma_is_read_where_it_cannot_be_taken_for_another_thing() -> None:
    table = read("id;time;score\nA;1;12,5\nA;2;1,125\n")
    assert (values(table), table.decimal) == ([12.5, 1.125], ",")


def test_quoted_commas_in_a_file_of_commas_are_decimal() -> None:
    assert values(read('id,time,score\nA,1,"12,5"\n')) == [12.5]


def test_a_comma_that_may_stand_for_thousands_is_refused() -> None:
    with pytest.raises(TableRefused, match="“1,234” may be a decimal or a thousand"):
        read("id;time;score\nA;1;1,234\n")


def test_points_and_commas_are_not_mixed() -> None:
    assert told("id;time;score\nA;1;12.5\nA;2;1,5\n") == [
        "Row 3: “1,5” has a comma where others have a point."
    ]


@pytest.mark.parametrize("cell", ["", " ", "NA", "n/a", "NaN", "null", ".", "-"])
def test_a_missing_score_is_kept_as_missing(cell: str) -> None:
    table = read(f"id;time;score\nA;1;{cell}\n")
    assert (values(table), table.faults) == ([None], ())


@pytest.mark.parametrize("cell", ["abc", "12a", "inf", "1_000", "--3", "1.2.3", "1e9999"])
def test_what_is_no_number_is_named_by_its_row(cell: str) -> None:
    assert told(f"id;time;score\nA;1;3\nB;1;{cell}\n") == [f"Row 3: “{cell}” is not a number."]


@pytest.mark.parametrize(("cell", "value"), [("+3", 3), ("-.5", -0.5), ("1e2", 100), ("7.", 7)])
def test_numbers_are_read_as_they_are_written(cell: str, value: float) -> None:
    assert values(read(f"id;time;score\nA;1;{cell}\n")) == [value]


def test_a_score_that_no_questionnaire_reaches_is_a_fault() -> None:
    assert told("id,time,score\nA,1,1000000000\n") == [
        "Row 2: 1000000000 is outside -1000000 to 1000000."
    ]


def test_a_scale_says_what_a_score_may_be() -> None:
    scale = Scale(0, 27, whole=True)
    assert told("id,time,score\nA,1,28\nA,2,3.5\nA,3,27\nA,4,27.0\n", scale=scale) == [
        "Row 2: 28 is outside 0 to 27.",
        "Row 3: 3.5 is not a whole number.",
    ]


def test_the_same_person_and_time_twice_is_a_fault() -> None:
    text = "id,time,score\nA,1,3\nA,2,4\nA,1.0,3\n"
    table = read(text)
    assert table.faults == (Fault(4, Why.TWICE.of(person="A", time="1.0", row=2)),)
    assert values(table) == [3, 4]


def test_a_row_without_person_or_time_is_a_fault() -> None:
    assert told("id,time,score\n,1,3\nA,,4\n") == [
        "Row 2: The person is missing.",
        "Row 3: The time is missing.",
    ]


def test_uneven_rows_are_faults_and_blank_ones_are_not() -> None:
    text = "id,time,score\n\nA,1\nA,2,3,4\n,,\nA,x,y\n"
    assert told(text) == [
        "Row 3: It has 2 cells; the header has 3.",
        "Row 4: It has 4 cells; the header has 3.",
        "Row 6: “y” is not a number.",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfid,time,score\nJos\xc3\xa9,1,3\n",
        "\ufeffid,time,score\nJosé,1,3\n",
        "id,time,score\nJosé,1,3\n".encode("utf-16"),
        b"id,time,score\nJos\xe9,1,3\n",
        "id,time,score\rJosé,1,3\r",
        "\n\n\nid,time,score\r\nJosé,1,3\r\n",
    ],
)
def test_marks_and_encodings_do_not_matter(content: bytes | str) -> None:
    assert [(s.person, s.score) for s in read(content).scores] == [("José", 3)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The file is empty."),
        ("\n ,, \n", "The file is empty."),
        ("id,time,score\n", "has a header and no rows"),
        (b"PK\x03\x04xl", "a workbook or an archive"),
        ('id,time\n"' + "x" * 200_000 + '",1\n', "is not a CSV file"),
    ],
)
def test_a_file_that_is_no_table_is_refused(content: bytes | str, why: str) -> None:
    with pytest.raises(TableRefused, match=why):
        sheet(content)


def test_a_column_that_is_not_there_is_named_with_those_there_are() -> None:
    with pytest.raises(TableRefused, match=r"no column “when”. There are: id, time, score"):
        read("id,time,score\nA,1,2\n", Long("id", "when", "score"))


def test_a_column_that_is_there_twice_is_refused() -> None:
    with pytest.raises(TableRefused, match="2 columns named “score”"):
        read("id,time,score,score\nA,1,2,3\n")


def test_1_and_1_0_are_one_time() -> None:
    assert time_key("1") == time_key("1.0") == time_key("1,0")
    assert time_key("pre") == "pre"


def test_first_and_last_scores_are_paired_and_the_rest_is_named() -> None:
    text = "id,time,score\nA,1,12\nB,1,9\nC,2,4\nA,2.0,8\nD,1,3\nD,2,\nB,3,1\n"
    found = before_and_after(read(text).scores, "1", "2")
    assert found.pairs == (Pair("A", 12, 8),)
    assert found.left_out == ("B", "D", "C")


def test_a_time_that_is_not_there_is_named_with_those_there_are() -> None:
    with pytest.raises(TableRefused, match="no score at time “post”"):
        before_and_after(read("id,time,score\nA,1,1\nA,2,2\n").scores, "1", "post")
    with pytest.raises(TableRefused, match="There are: –"):
        before_and_after((), "1", "2")


def test_one_time_is_not_two() -> None:
    with pytest.raises(TableRefused, match="are the same"):
        before_and_after((), "1", "1.0")


def test_nobody_is_in_two_groups() -> None:
    text = "id,time,score,arm\nA,1,1,x\nA,2,2,y\n"
    table = read(text, Long("id", "time", "score", "arm"))
    with pytest.raises(
        TableRefused, match=r"A is in group “x” \(row 2\) and in group “y” \(row 3\)"
    ):
        before_and_after(table.scores, "1", "2")


def test_a_group_that_is_said_once_is_enough() -> None:
    text = "id,time,score,arm\nA,1,1,\nA,2,2,y\nB,1,1,\nB,2,2,\n"
    table = read(text, Long("id", "time", "score", "arm"))
    assert [pair.group for pair in before_and_after(table.scores, "1", "2").pairs] == ["y", None]


def test_the_published_files_load_without_a_fault() -> None:
    das = pairs("jacobson_1989", Long("subject", "time", "das"), "pre", "post")
    gds = pairs("jacobson_1989", Long("subject", "time", "gds"), "pre", "post")
    assert (len(das), len(gds)) == (30, 26)
    assert das[0] == Pair("1.0", 90.5, 97.0)
    assert [len(claus(score)) for score in ("bdi", "hamd", "who")] == [40, 40, 40]
    blues = pairs("beat_the_blues", Wide("rownames", ("bdi.pre", "bdi.8m")), "bdi.pre", "bdi.8m")
    assert len(blues) == 52
    assert isinstance(published("beat_the_blues"), Sheet)
