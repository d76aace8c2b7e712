"""A practice's own instruments, and words that it loads: on the shelf, given, answered, gone."""

from typing import Any
from uuid import UUID

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.visitor import Visitor
from holdspace.hour.measures import actions, queries
from holdspace.hour.measures.instruments import UnknownInstrument, library
from holdspace.hour.measures.models import Answering, LocalFile, SafetyFlag
from holdspace.hour.measures.rules import Moment, State, When
from holdspace.hour.measures.shelves import Shelf, instrument_of, score_of
from tests.cast import NOW, Cast, nobodys_id
from tests.measures.given import handed, rows
from tests.measures.own import OWN, WORDS


def loaded(cast: Cast, text: str = OWN) -> LocalFile:
    return actions.load_file(text, by=cast.visitor("olive"), at=NOW)


def answered(cast: Cast, values: dict[str, int], name: str = "evenings") -> Answering:
    giving = handed(cast, name)
    row, by = rows(giving)[0], queries.visitor_by_link(giving)
    for item, value in values.items():
        actions.answer(row.id, item, value, by=by, at=NOW)
    actions.finish(row.id, by=by, at=NOW)
    return Answering.objects.get(pk=row.id)


def test_an_own_instrument_is_given_answered_and_scored(cast: Cast) -> None:
    loaded(cast)
    row = answered(cast, {"calm": 2, "alone": 2, "slept": 1})
    assert (row.total, row.coding, row.threshold_set) == (3, "0-2", "evenings-1")
    assert SafetyFlag.objects.get().item == "alone"
    [course] = queries.courses(cast.visitor("mira"), [cast.amara.id])[cast.amara.id]
    assert course.sentence == "Evenings: 3 of 6, answered once so far."


def test_another_practice_knows_nothing_of_it(cast: Cast) -> None:
    loaded(cast)
    stranger = cast.visitor("stranger")
    assert "evenings" not in {each.id for each in queries.instruments(stranger)}
    assert Shelf(stranger.practice).ever("evenings") is None
    with pytest.raises(NotHere):
        queries.instrument(stranger, "evenings")


def an_owner(cast: Cast) -> Visitor:
    """Whoever runs the other practice."""
    cast.stranger.roles = ["owner", "therapist"]
    cast.stranger.save()
    return cast.visitor("stranger")


def test_two_practices_have_the_same_version_with_other_contents(cast: Cast) -> None:
    here = loaded(cast)
    owner = an_owner(cast)
    there = actions.load_file(OWN.replace("How the", "Their"), by=owner, at=NOW)
    assert [each.file.id for each in queries.files(cast.visitor("olive"))] == [here.id]
    assert [each.file.id for each in queries.files(owner)] == [there.id]
    assert queries.instrument(cast.visitor("olive"), "evenings").name == "How the evenings were"
    assert queries.instrument(owner, "evenings").name == "Their evenings were"


def test_what_is_taken_away_here_waits_on_elsewhere(cast: Cast) -> None:
    file, owner = loaded(cast), an_owner(cast)
    actions.load_file(OWN, by=owner, at=NOW)
    waiting = rows(handed(cast, "evenings"))[0]
    Answering.objects.filter(pk=waiting.pk).update(practice=owner.practice)
    actions.take_away(file.id, by=cast.visitor("olive"), at=NOW)
    assert Answering.objects.filter(pk=waiting.pk, state=State.WAITING.value).exists()
    assert "evenings" in Shelf(owner.practice)


def test_a_file_elsewhere_makes_no_shelf_be_read_again(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    actions.load_file(OWN, by=an_owner(cast), at=NOW)
    with django_assert_num_queries(1):
        assert "evenings" not in Shelf(cast.practice.id)


@pytest.mark.parametrize("who", ["mira", "jo", "sam"])
def test_only_the_owner_loads_and_takes_away(cast: Cast, who: str) -> None:
    file = loaded(cast)
    with pytest.raises(NotHere):
        actions.load_file(OWN, by=cast.visitor(who), at=NOW)
    with pytest.raises(NotHere):
        actions.take_away(file.id, by=cast.visitor(who), at=NOW)
    with pytest.raises(NotHere):
        queries.files(cast.visitor(who))


def test_a_file_of_another_practice_cannot_be_taken_away(cast: Cast) -> None:
    with pytest.raises(NotHere):
        actions.take_away(nobodys_id(), by=cast.visitor("olive"), at=NOW)


def test_a_faulty_file_is_not_loaded(cast: Cast) -> None:
    with pytest.raises(actions.CannotLoad, match="Line 9: range"):
        loaded(cast, OWN.replace("[0, 6]", "[0, 9]"))


def test_a_version_is_not_loaded_again_with_other_contents(cast: Cast) -> None:
    loaded(cast)
    with pytest.raises(actions.CannotLoad, match="give it a new number"):
        loaded(cast, OWN.replace("calm evening", "quiet evening"))
    again = loaded(cast)
    assert [each.file.id for each in queries.files(cast.visitor("olive"))] == [again.id]


def test_answers_are_read_by_the_version_they_were_given_in(cast: Cast) -> None:
    loaded(cast)
    row = answered(cast, {"calm": 2, "alone": 0, "slept": 2})
    loaded(cast, OWN.replace("version: 1", "version: 2").replace("id: slept", "id: rested"))
    assert instrument_of(row).item("slept").number == 3
    assert score_of(row).total == 6
    assert Shelf(row.practice_id)["evenings"].version == 2
    assert len(queries.files(cast.visitor("olive"))) == 1


def test_what_was_taken_away_stays_readable_and_is_given_no_more(cast: Cast) -> None:
    file = loaded(cast)
    row = answered(cast, {"calm": 2, "alone": 0, "slept": 2})
    waiting = rows(handed(cast, "evenings"))[0]
    actions.take_away(file.id, by=cast.visitor("olive"), at=NOW)
    actions.take_away(file.id, by=cast.visitor("olive"), at=NOW)
    waiting.refresh_from_db()
    assert waiting.state == State.WITHDRAWN
    assert queries.opened(cast.visitor("mira"), row.id)[1].total == 6
    assert queries.courses(cast.visitor("mira"), [cast.amara.id])[cast.amara.id]
    with pytest.raises(actions.CannotGive, match="no such questionnaire"):
        handed(cast, "evenings")


def test_a_rule_gives_only_what_is_there(cast: Cast) -> None:
    file = loaded(cast)
    mira = cast.visitor("mira")
    ruling = actions.Ruling(
        cast.amara.id, cast.participant().id, "evenings", When.EACH_SESSION, NOW.date()
    )
    actions.add_rule(ruling, by=mira, at=NOW)
    assert len(queries.due(mira, cast.session.id)) == 1
    actions.take_away(file.id, by=cast.visitor("olive"), at=NOW)
    assert actions.give_what_is_due(cast.session.id, Moment.BEFORE, by=mira, at=NOW) == []


def test_words_make_a_skeleton_one_that_can_be_given(cast: Cast) -> None:
    with pytest.raises(actions.CannotGive, match="words are not here"):
        handed(cast, "core_10")
    file = loaded(cast, WORDS)
    row = answered(cast, {f"q{number}": 1 for number in range(1, 11)}, "core_10")
    assert (row.total, row.language) == (14, "en")
    assert instrument_of(row).items[0].text == "A made-up question 1."
    actions.take_away(file.id, by=cast.visitor("olive"), at=NOW)
    assert not Shelf(row.practice_id).gives("core_10")
    assert score_of(row).total == 14


def test_words_follow_an_own_instrument_and_its_version(cast: Cast) -> None:
    loaded(cast)
    items = "".join(f"  {name}: {{text: Ja.}}\n" for name in ("calm", "alone", "slept"))
    german = (
        "words_for: evenings\nversion: 1\nlanguage: de\nlicence: x\nsource: x\nname: Abende\n"
        "stem: In der letzten Woche\noptions: {low: 0, high: 2}\nitems:\n" + items
    )
    loaded(cast, german)
    assert Shelf(cast.practice.id)["evenings"].languages == ("en", "de")
    assert Shelf(cast.practice.id).of("evenings", "1").languages == ("en", "de")
    loaded(cast, OWN.replace("version: 1", "version: 2"))
    assert Shelf(cast.practice.id)["evenings"].languages == ("en",)


def test_an_instrument_without_words_follows_no_rule(cast: Cast) -> None:
    ruling = actions.Ruling(cast.amara.id, cast.participant().id, "oq45", When.ONCE, NOW.date())
    with pytest.raises(actions.CannotRule, match="words are not here"):
        actions.add_rule(ruling, by=cast.visitor("mira"), at=NOW)


def test_the_words_of_something_that_is_gone_are_not_listed(cast: Cast) -> None:
    file = loaded(cast)
    items = "".join(f"  {name}: {{text: Ja.}}\n" for name in ("calm", "alone", "slept"))
    loaded(
        cast,
        "words_for: evenings\nversion: 1\nlanguage: de\nlicence: x\nsource: x\nname: Abende\n"
        "stem: x\noptions: {low: 0, high: 2}\nitems:\n" + items,
    )
    actions.take_away(file.id, by=cast.visitor("olive"), at=NOW)
    assert queries.files(cast.visitor("olive")) == []
    assert "evenings" not in Shelf(cast.practice.id)


def test_a_shelf_without_files_is_the_library(cast: Cast) -> None:
    shelf = Shelf(cast.practice.id)
    assert list(shelf) == list(library())
    assert len(shelf) == len(library())
    with pytest.raises(UnknownInstrument):
        shelf.of("evenings", "1")


def test_what_is_in_the_library_with_its_words_asks_no_question(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert Shelf(cast.practice.id).gives("phq9")
        assert Shelf(cast.practice.id).of("phq9", "1").id == "phq9"


def sheet(cast: Cast, name: str, **more: Any) -> actions.Copied:
    return actions.Copied(cast.amara.id, cast.participant().id, name, NOW, **more)


def entered(cast: Cast, copied: actions.Copied) -> tuple[UUID, Answering]:
    row = actions.enter_paper(copied, by=cast.visitor("mira"), at=NOW)
    return row.id, Answering.objects.get(pk=row.id)


def test_a_total_scored_elsewhere_is_kept_without_answers(cast: Cast) -> None:
    row, found = entered(cast, sheet(cast, "oq45", total=71, scales={"social_role": 12}))
    assert (found.total, found.subscales, found.answers) == (71, {"social_role": 12}, {})
    assert (found.coding, found.answered) == ("total", 0)
    assert queries.opened(cast.visitor("mira"), row)[1].total == 71


def test_scales_alone_are_enough_where_there_is_no_total(cast: Cast) -> None:
    _, found = entered(cast, sheet(cast, "hads", scales={"anxiety": 12.0}))
    assert (found.total, found.subscales) == (None, {"anxiety": 12})


def test_answers_by_number_are_scored_without_the_words(cast: Cast) -> None:
    _, found = entered(cast, sheet(cast, "core_10", answers={f"q{n}": 1 for n in range(1, 11)}))
    assert (found.total, found.coding) == (14, "0-4")


def test_a_therapist_s_rating_is_kept_as_theirs(cast: Cast) -> None:
    _, found = entered(cast, sheet(cast, "cgi_s", answers={"q1": 4}))
    assert (found.total, found.respondent) == (4, "therapist")


@pytest.mark.parametrize(
    "copied",
    [{"total": 400.0}, {"scales": {"tea": 1.0}}, {"answers": {}}],
)
def test_figures_that_do_not_exist_are_not_entered(cast: Cast, copied: dict[str, Any]) -> None:
    with pytest.raises(actions.NotOffered):
        entered(cast, sheet(cast, "oq45", **copied))


def test_taking_one_language_away_withdraws_nothing_that_can_still_be_asked(cast: Cast) -> None:
    loaded(cast)
    items = "".join(f"  {name}: {{text: Ja.}}\n" for name in ("calm", "alone", "slept"))
    german = loaded(
        cast,
        "words_for: evenings\nversion: 1\nlanguage: de\nlicence: x\nsource: x\nname: Abende\n"
        "stem: x\noptions: {low: 0, high: 2}\nitems:\n" + items,
    )
    waiting = rows(handed(cast, "evenings"))[0]
    actions.take_away(german.id, by=cast.visitor("olive"), at=NOW)
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


def test_the_rules_of_other_therapies_ask_for_nothing_here(cast: Cast) -> None:
    mira = cast.visitor("mira")
    who = cast.participant("reyes")
    ruling = actions.Ruling(cast.reyes.id, who.id, "phq9", When.EACH_SESSION, NOW.date())
    actions.add_rule(ruling, by=mira, at=NOW)
    assert queries.due(mira, cast.session.id) == []
