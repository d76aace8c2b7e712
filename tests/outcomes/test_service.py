"""Pages of outcomes added up: one's own, the practice's with small numbers left out, England's."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from holdspace.cellar.access.gate import NotHere
from holdspace.hour.measures.instruments import load
from holdspace.office.outcomes import many_courses
from holdspace.office.outcomes.actions import summing
from holdspace.office.outcomes.many_courses import MINE, Outcome
from holdspace.office.outcomes.models import CourseSummary, SummaryMark
from holdspace.office.outcomes.queries import service
from holdspace.office.outcomes.queries.service import Numbers, Wanted
from holdspace.office.outcomes.shown import choosing, parts, summary, therapists
from holdspace.office.outcomes.statistics.endings import Ending
from tests.access.examples import signed_in
from tests.cast import NOW, Cast, a_member
from tests.outcomes.summed import (
    BETTER,
    LATER,
    SAME,
    TEN,
    WORSE,
    caseloads,
    held,
    many,
    scored,
    sum_all,
)

pytestmark = pytest.mark.usefixtures("nothing_is_kept")


def own(cast: Cast, name: str = "mira", **wanted: Any) -> Numbers:
    found = service.own(cast.visitor(name), Wanted(**wanted))
    assert found is not None
    return found


def whole(cast: Cast, **wanted: Any) -> Numbers:
    found = service.service(cast.visitor("olive"), Wanted(**wanted))
    assert found is not None
    return found


# ------------------------------------------------------------------ whose


def test_a_therapist_sees_their_own_and_nobody_elses(cast: Cast) -> None:
    scored(cast.amara, *BETTER)
    scored(cast.kofi, *WORSE)
    sum_all()
    mine, toms = own(cast).change, own(cast, "tom").change
    assert mine is not None
    assert toms is not None
    assert (mine.n, mine.count(Outcome.RECOVERED)) == (1, 1)
    assert (toms.n, toms.count(Outcome.DETERIORATED)) == (1, 1)


@pytest.mark.parametrize("name", ["sam", "bill", "audrey"])
def test_who_neither_treats_nor_runs_the_practice_sees_nothing(cast: Cast, name: str) -> None:
    for ask in (service.own, service.service):
        with pytest.raises(NotHere):
            ask(cast.visitor(name), Wanted())


def test_therapists_do_not_see_the_practice_and_owners_have_no_work_of_their_own(
    cast: Cast,
) -> None:
    with pytest.raises(NotHere):
        service.service(cast.visitor("mira"), Wanted())
    with pytest.raises(NotHere):
        service.own(cast.visitor("olive"), Wanted())


def test_another_practices_work_is_not_added(cast: Cast) -> None:
    many(cast.stranger, [BETTER] * 3)
    sum_all()
    assert whole(cast).change is None
    assert own(cast, "stranger").shelf[0].courses == 3


def test_before_anything_was_added_up_there_are_no_numbers(cast: Cast) -> None:
    assert service.own(cast.visitor("mira"), Wanted()) is None


# ------------------------------------------------------------------ which


def test_the_measure_used_most_is_shown_unless_another_is_asked_for(cast: Cast) -> None:
    many(cast.mira, [BETTER] * 2)
    scored(cast.amara, 9, 3, instrument="gad7")
    scored(cast.amara, 9, 3, instrument="gad7", respondent="parent")
    sum_all()
    chosen = [own(cast, **wanted).chosen for wanted in (
        {}, {"instrument": "gad7"}, {"instrument": "gad7", "respondent": "parent"},
        {"instrument": "nothing"},
    )]  # fmt: skip
    assert [(c.instrument, c.respondent) for c in chosen if c] == [
        ("phq9", "client"), ("gad7", "client"), ("gad7", "parent"), ("phq9", "client")
    ]  # fmt: skip


def test_only_therapies_that_ended_can_be_asked_for(cast: Cast) -> None:
    many(cast.mira, [BETTER] * 2)
    many(cast.mira, [WORSE] * 3, to="planned")
    sum_all()
    every, over = own(cast).change, own(cast, only_ended=True).change
    assert every is not None
    assert over is not None
    assert (every.n, over.n) == (5, 3)


def test_what_the_library_no_longer_holds_is_not_offered(cast: Cast) -> None:
    many(cast.mira, [BETTER] * 2)
    sum_all()
    CourseSummary.objects.update(instrument="forgotten")
    assert own(cast).shelf == ()


def test_an_address_says_what_is_wanted(cast: Cast) -> None:
    assert choosing.wanted({"measure": "gad7.parent", "only": "ended"}) == Wanted(
        "gad7", "parent", only_ended=True
    )
    assert choosing.wanted({"only": "ended"}, may_narrow=False) == Wanted()
    scored(cast.amara, 9, 3, instrument="gad7", respondent="parent")
    sum_all()
    found = own(cast)
    assert choosing.asked(found, Wanted())["measure"] == "gad7.parent"
    assert choosing.asked(None, Wanted()) == {"measure": "", "only": ""}
    [choice] = choosing.choices(found, str, Wanted(only_ended=True), 1)
    assert (choice.name, choice.is_current) == ("GAD-7, by parent", True)
    assert "'only': 'ended'" in choice.href


# ------------------------------------------------------------------ how old


def test_numbers_are_kept_until_something_changes(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    many(cast.mira, [BETTER])
    sum_all()
    own(cast)
    with django_assert_num_queries(1):
        assert own(cast).as_of == LATER
    later = LATER + timedelta(hours=1)
    assert summing.sum_up(at=later) == 0
    with django_assert_num_queries(1):
        assert own(cast).as_of == later  # nothing has changed since, so they are as new as that


def test_numbers_take_as_many_questions_however_many_courses_there_are(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    for _ in range(2):
        many(cast.mira, TEN)
        sum_all(LATER)
        SummaryMark.objects.all().delete()
        sum_all(LATER)
        caches["moments"].clear()
        with django_assert_num_queries(6):
            own(cast)


def test_what_has_just_changed_waits_for_less_than_a_minute(cast: Cast) -> None:
    many(cast.mira, [BETTER])
    sum_all()
    first = own(cast)
    CourseSummary.objects.update(last=1)
    for seconds, is_kept in ((30, True), (41, False)):
        at = first.as_of + timedelta(seconds=seconds)
        SummaryMark.objects.update(as_of=at, changed_at=at)
        found = own(cast)
        assert (found.change == first.change, found.as_of == first.as_of) == (is_kept, is_kept)


def test_a_first_pass_that_is_under_way_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summing, "A_ROUND", 2)
    summing.sum_up(at=NOW)
    assert not own(cast).is_whole


# ------------------------------------------------------------------ pages


def words(found: Any) -> str:
    return " ".join(
        str(part)
        for one in found
        for part in (one.title, one.words, one.sentence, one.rows, one.notes)
    )


def test_ones_own_page_says_everything_with_its_caveats(cast: Cast, open_house: None) -> None:  # noqa: ARG001
    many(cast.mira, [BETTER] * 4 + [SAME] * 3, to="planned")
    many(cast.mira, [WORSE] * 2, to="unplanned")
    many(cast.mira, [(18.0, 17.0, 16.0)] * 2)
    held(cast.amara, 2, attended="did not come")
    sum_all()
    shown = signed_in("mira")(cast, None).get("/outcomes/").content.decode()  # type: ignore[arg-type]
    for part in (
        "11 courses on the PHQ-9 went from", "The effect is", "reliably improved, and across",
        "people had been reliably better",
        "Neither figure says what more sessions would do", "Of 11 therapies, by session 3",
        "Ended as planned: 7 (64 %).", "did not come, or cancelled late", "As of",
        "among fewer, everybody would know who is who", "They prove no effect",
    ):  # fmt: skip
        assert part.lower() in shown.lower(), part
    assert shown.count('role="img"') == 3
    assert "(optional)" not in shown


def test_the_practices_page_leaves_small_numbers_out(cast: Cast, open_house: None) -> None:  # noqa: ARG001
    many(cast.mira, TEN)
    many(cast.tom, [(18.0, 17.0), (18.0, 16.0), (27.0, 20.0)])  # one improved, not across
    sum_all()
    shown = signed_in("olive")(cast, None).get("/outcomes/practice/").content.decode()  # type: ignore[arg-type]
    assert "Numbers below five" in shown
    [change, *_rest] = summary.sections(whole(cast), whole=True)
    counts = [row[1] for row in change.rows]
    assert counts.count("–") >= 2  # one is small, and another would tell it
    assert "1" not in counts


def test_of_fewer_than_five_nothing_is_shown(cast: Cast) -> None:
    many(cast.mira, [BETTER] * 4)
    sum_all()
    found = summary.sections(whole(cast), whole=True)
    few = ["There are fewer than five; nothing is shown of so few."]
    assert [one.words for one in found[:3]] == [few] * 3
    assert not any(one.rows for one in found[:3])


def test_large_numbers_of_a_practice_are_shown_whole(cast: Cast) -> None:
    many(cast.mira, [BETTER] * 6 + [(18.0, 12.0)] * 6 + [SAME] * 5 + [WORSE] * 5, to="planned")
    many(cast.tom, [BETTER] * 6, to="unplanned")
    many(cast.tom, [SAME] * 6)
    sum_all()
    found = summary.sections(whole(cast), whole=True)
    said = words(found)
    assert "improved, together" in said
    assert "no longer a case" in said
    assert "Of 34 therapies, by session" in said


def test_few_who_are_still_cases_hide_how_many_recovered(cast: Cast) -> None:
    many(cast.mira, [BETTER] * 6 + [(18.0, 12.0)] * 2 + [(4.0, 3.0)] * 7 + [(4.0, 12.0)] * 6)
    sum_all()
    [change, *_] = summary.sections(whole(cast), whole=True)
    assert list(change.rows[-1]) == ["no longer a case, of those who began as one", "–", "–"]


def test_few_who_recovered_are_hidden(cast: Cast) -> None:
    many(cast.mira, [BETTER] * 2 + [(18.0, 17.0)] * 7)
    sum_all()
    [change, *_] = summary.sections(whole(cast), whole=True)
    assert list(change.rows[-1]) == ["no longer a case, of those who began as one", "–", "–"]


def test_before_anything_happened_each_section_says_so(cast: Cast) -> None:
    scored(cast.amara, 10, 10)
    sum_all()
    said = words(summary.sections(own(cast), whole=False))
    assert "No session was held yet." in said
    assert "Nobody was reliably better yet." in said
    assert own(cast).stayed.counts[Ending.ONGOING] == 0


def test_a_therapist_finds_themselves_in_the_funnel_and_nobody_else(cast: Cast) -> None:
    team = [cast.mira, cast.tom, cast.jo]
    team += [a_member(cast.practice, f"Kin{n} Vale", "therapist") for n in range(3)]
    for number, member in enumerate(team):
        many(member, [(18.0 - n % 4, 5.0 + (n * (number + 3)) % 11) for n in range(20)])
    sum_all()
    mine = summary.sections(own(cast), whole=False)[-1]
    assert mine.plot is not None
    assert sorted({dot.kind for dot in mine.plot.dots}) == ["mine", "other"]
    assert "Only you see this." in words([mine])
    theirs = summary.sections(whole(cast), whole=True)[-1]
    assert theirs.plot is not None
    assert {dot.kind for dot in theirs.plot.dots} == {"other"}
    assert "Only you see this." not in words([theirs])
    assert not any(member.name in words([mine, theirs]) for member in team)


def test_who_has_few_courses_is_told_so() -> None:
    found = many_courses.colleagues(
        load("phq9"), [one for one in caseloads(7, 20) if one[0] != MINE]
    )
    assert "too few courses" in words([therapists.among(found, whole=False)])
    unknown = many_courses.Colleagues(found.funnel, found.curve, None, None)
    assert "cannot be said" in words([therapists.among(unknown, whole=False)])


def test_an_owner_is_led_to_the_practices_page(cast: Cast, open_house: None) -> None:  # noqa: ARG001
    client = signed_in("olive")(cast, None)  # type: ignore[arg-type]
    assert client.get("/outcomes/").headers["location"] == "/outcomes/practice/"


def test_pages_that_have_no_numbers_yet_say_so(cast: Cast, open_house: None) -> None:  # noqa: ARG001
    client: Client = signed_in("mira")(cast, None)  # type: ignore[arg-type]
    assert "Nothing was added up yet" in client.get("/outcomes/").content.decode()
    assert client.get("/outcomes/report.pdf").status_code == 404
    sum_all()
    assert "No course has two scores yet" in client.get("/outcomes/").content.decode()


@pytest.mark.parametrize(
    ("name", "address"),
    [("mira", "/outcomes/report.pdf"), ("olive", "/outcomes/practice/report.pdf")],
)
def test_the_same_is_had_on_paper(cast: Cast, open_house: None, name: str, address: str) -> None:  # noqa: ARG001
    many(cast.mira, TEN, to="planned")
    sum_all()
    made = signed_in(name)(cast, None).get(address)  # type: ignore[arg-type]
    assert made.headers["content-type"] == "application/pdf"
    assert b"/StructTreeRoot" in made.content


def test_a_measure_without_a_cut_off_counts_no_recovery(cast: Cast) -> None:
    scored(cast.amara, 20, 40, instrument="session_rating")
    sum_all()
    [change, *_] = summary.sections(own(cast), whole=False)
    assert "No cut-off is published for it, so recovery is not counted." in change.notes
    assert [row[:2] for row in change.rows] == [["no rule is published", "1"]]


def test_a_long_table_is_thinned_and_keeps_both_ends() -> None:
    found = parts.thinned(range(100))
    assert (len(found), found[0], found[-1]) == (12, 0, 99)
    assert parts.thinned([1, 2]) == [1, 2]


def test_of_no_places_no_share_is_said() -> None:
    assert parts.percent(0, 0) == "0 %"
