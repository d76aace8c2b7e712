"""Families typed as they are told; what is not understood is pointed at."""

import pytest

from holdspace.hour.worksheets.family import text
from holdspace.hour.worksheets.family.entry import LONGEST, CannotRead, sketched
from holdspace.hour.worksheets.family.model import Figure, How, Mark, Person, Step, Telling, Turn


def read(line: str) -> Telling:
    return sketched(line, Telling())


def one(line: str) -> Person:
    return read(line).people[0]


def test_the_line_of_the_manual_makes_a_family() -> None:
    telling = read("mum Ana 1951-2019; m 1970 dad Luis; 3 children: Eva 1972, Jan 1975, Mia 1980")
    assert text.as_text(telling, str).splitlines() == [
        "Ana · woman or girl · born 1951 · died 2019",
        "  married (m.) 1970",
        "  + Luis · man or boy",
        "    Eva · gender not told · born 1972",
        "    Jan · gender not told · born 1975",
        "    Mia · gender not told · born 1980",
    ]


FOUR_GENERATIONS = """Ana 1951-2019 (w) "moved in 1970"; m 1970 Luis 1949 (m); s 1995; d 1997
3 children: Eva 1972 (w), Jan 1975 (m), Mia 1980 (w); @Eva; t 1999 Kim (nb); 2 kids: Lena 2002 (w)
@Ana; parents: José 1930-2001 (m), Carmen 1934-2015 (w); siblings: Pilar 1961 (w)
@José; parents: Rosa 1905-1980 (w)"""


def test_four_generations_take_four_lines() -> None:
    telling = read(FOUR_GENERATIONS)
    assert text.summary(telling, str) == "People: 12. Generations: 5."
    assert telling.unions[0].steps == (
        Step(Turn.MARRIED, 1970), Step(Turn.SEPARATED, 1995), Step(Turn.DIVORCED, 1997),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Ana", Person("p1", "Ana")),
        ("mum", Person("p1", "mum", Figure.WOMAN)),
        ("Opa Karl", Person("p1", "Karl", Figure.MAN)),
        ("tía María del Mar", Person("p1", "María del Mar", Figure.WOMAN)),
        ("mum (nb) Kim", Person("p1", "Kim", Figure.NONBINARY)),
        ("Ana 1951", Person("p1", "Ana", born=1951)),
        ("Ana 1951–", Person("p1", "Ana", born=1951)),
        ("Ana -2019", Person("p1", "Ana", died=2019)),
        ("Ana †", Person("p1", "Ana", dead=True)),
        ("Ana me", Person("p1", "Ana", index=True)),
        ('Ana "d. cancer; 3 jobs"', Person("p1", "Ana", notes="d. cancer; 3 jobs")),
        ("Ana “quoted”", Person("p1", "Ana", notes="quoted")),
        ("miscarriage 2000", Person("p1", "", Figure.MISCARRIAGE, born=2000)),
        ("Bello (pet)", Person("p1", "Bello", Figure.PET)),
    ],
)
def test_a_person_is_read_from_their_words(line: str, person: Person) -> None:
    assert one(line) == person


def test_children_say_how_they_came_and_with_whom() -> None:
    telling = read("Ana; 4 kids: Eva adopted, Jan, Mia identical, Max foster")
    told = [(child.how, child.twins, child.identical) for child in telling.children]
    assert told == [
        (How.ADOPTED, "", False), (How.BIOLOGICAL, "p3", True), (How.BIOLOGICAL, "p3", True),
        (How.FOSTER, "", False),
    ]  # fmt: skip


def test_triplets_belong_together() -> None:
    telling = read("Ana; kids: A, B twin, C twin")
    assert {child.twins for child in telling.children} == {"p2"}


def test_children_who_were_only_counted_are_there_without_names() -> None:
    assert [person.name for person in read("Ana; 3 kids: Eva").people] == ["Ana", "Eva", "", ""]


def test_children_of_somebody_alone_need_no_partner() -> None:
    assert read("Ana; child: Eva").unions[0].partners == ("p1",)


def test_somebody_who_is_there_can_be_married_and_gone_back_to() -> None:
    telling = read("Ana; Luis; m 1970 @Ana; @luis; s; r 1980")
    assert telling.unions[0].partners == ("p2", "p1")
    assert telling.unions[0].state is Turn.REUNITED


def test_going_back_to_somebody_without_a_union_begins_none() -> None:
    assert read("Ana; Luis; @Ana; 1 child").unions[0].partners == ("p1",)


def test_a_line_adds_to_what_is_there() -> None:
    before = read("Ana 1951")
    after = sketched("@Ana; 1 child: Eva", before)
    assert [person.name for person in after.people] == ["Ana", "Eva"]
    assert before.people == after.people[:1]


def test_empty_lines_and_statements_say_nothing() -> None:
    assert read(" ;;\n ; ") == Telling()
    assert read("Ana; kids: , ,").unions[0].partners == ("p1",)


WRONG = [
    ("m 1970 Luis", "m", "Say first of whom this is told."),
    ("3 children: Eva", "3", "Say first of whom this is told."),
    ("Ana; m 1970", "1970", "Say with whom."),
    ("Ana; m 970 Luis", "970", "A year between 1500 and 2200, please."),
    ("Ana; s 1995", "s", "Say first of which couple this is told."),
    ("Ana; m Luis; s x", "x", "A year, or nothing, is expected here."),
    ("Ana; m Luis; r 1980", "r 1980", "Only those who parted can come together again."),
    ("@Bo", "@Bo", "Nobody of this name is in the telling yet."),
    ("Ana; 1 child: Eva, Jan", "1", "More are named than this number says."),
    ("Ana; 2 children Eva", "Eva", "A colon is expected here."),
    ("Ana; parents: A, B, C", "parents", "One or two parents, with a comma between them."),
    ("Ana; siblings: Eva", "siblings", "Say first who the parents are."),
    ("Ana, Luis", ",", "This sign is not expected here."),
    ("Ana 19", "19", "Years are written like 1951, 1951-2019 or -2019."),
    ("Ana 19512019", "19512019", "Years are written like 1951, 1951-2019 or -2019."),
    ("Ana 1951-19", "1951-19", "Years are written like 1951, 1951-2019 or -2019."),
    ("Ana 1251", "1251", "A year between 1500 and 2200, please."),
    ("Ana 2019-1951", "2019-1951", "Nobody dies before they are born."),
    ("Ana " + "x" * 60, "Ana", "At most 60 characters."),
]  # fmt: skip


@pytest.mark.parametrize(("line", "word", "sentence"), WRONG)
def test_what_is_not_understood_is_pointed_at(line: str, word: str, sentence: str) -> None:
    with pytest.raises(CannotRead) as refusal:
        read(line)
    assert line[refusal.value.start : refusal.value.end] == word
    assert str(refusal.value) == sentence


def test_more_than_a_page_at_a_time_is_refused() -> None:
    with pytest.raises(CannotRead, match="At most 4000"):
        read("A;" * LONGEST)


def test_more_people_than_fit_are_refused_where_the_line_goes_too_far() -> None:
    with pytest.raises(CannotRead, match="At most 120"):
        read("Ana;" * 121)


def test_marks_of_health_are_not_typed_but_told_in_the_form() -> None:
    assert one("Ana 1951").substance is not Mark.PRESENT
