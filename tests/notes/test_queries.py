"""Reading notes: lists, threads, what is still to do, and words found."""

from dataclasses import replace
from datetime import timedelta

import pytest

from holdspace.cellar.access.gate import NotHere, may
from holdspace.cellar.access.table import Action, Role
from holdspace.cellar.vault.layers import Layer
from holdspace.hour.encounters.models import Session
from holdspace.hour.notes import actions, queries
from holdspace.hour.notes.models import Note
from tests.cast import NOW, Cast, a_session, nobodys_id
from tests.notes.places import LATER, a_note, a_signed_note, save, words


def held(cast: Cast, days_ago: int) -> Session:
    return a_session(cast.amara, NOW - timedelta(days=days_ago), state="held")


def noted(cast: Cast, session: Session, **more: str) -> Note:
    by = cast.visitor("mira")
    note = actions.begin(session.therapy_id, session.id, by=by, at=LATER)
    actions.save(note.id, words(**more), base_version=0, tab="t", by=by, at=LATER)
    return Note.objects.get(pk=note.id)


def test_the_list_and_the_single_answer_agree(cast: Cast) -> None:
    a_signed_note(cast)
    for who, therapy in (("mira", "reyes"), ("tom", "kofi"), ("jo", "jos")):
        a_note(cast, who, therapy)
    visitors = [cast.visitor(name) for name in cast.members]
    visitors += [
        replace(visitors[0], narrowed_to=cast.amara.id),
        replace(visitors[0], narrowed_to=cast.amara.id, roles=frozenset({Role.SHARED_SCREEN})),
    ]
    for by in visitors:
        for action in Action:
            listed = set(queries.visible_to(by, action))
            for note in Note.objects.select_related("therapy"):
                single = may(by, action, Layer.RECORD, queries.relations(by, note))
                assert (note in listed) == single, (by.roles, action)


def test_one_opens_for_its_own_people_alone(cast: Cast) -> None:
    note = a_note(cast)
    by = cast.visitor("mira")
    assert queries.one(by, note.id) == note
    assert cast.amara.id in by.opened.subjects
    for who in ("tom", "olive", "sam", "stranger"):
        with pytest.raises(NotHere):
            queries.one(cast.visitor(who), note.id)


def test_an_unknown_note_is_not_here(cast: Cast) -> None:
    with pytest.raises(NotHere):
        queries.one(cast.visitor("mira"), nobodys_id())


def test_a_draft_is_the_authors_to_write(cast: Cast) -> None:
    note = a_note(cast)
    assert queries.is_mine_to_write(cast.visitor("mira"), note)
    assert not queries.is_mine_to_write(cast.visitor("tom"), note)


def test_the_notes_of_a_session_name_all_their_people(cast: Cast) -> None:
    who, by = cast.participant("amara"), cast.visitor("mira")
    whole = a_note(cast)
    part = actions.begin(cast.amara.id, cast.session.id, who.id, by=by, at=LATER)
    fresh = cast.visitor("mira")
    assert {one.id for one in queries.of_session(fresh, cast.session.id)} == {whole.id, part.id}
    assert set(fresh.opened.subjects) == {cast.amara.id, who.person_id}


def test_my_note_is_the_draft_first(cast: Cast) -> None:
    by = cast.visitor("mira")
    assert queries.mine_for(by, cast.session.id) is None
    signed = a_signed_note(cast)
    assert queries.mine_for(by, cast.session.id) == signed
    assert queries.mine_for(by, cast.session.id) != a_note(cast)
    found = queries.mine_for(by, cast.session.id)
    assert found is not None
    assert found.state == "draft"


def test_a_session_is_signed_or_a_draft_or_not_there(cast: Cast) -> None:
    by, other = cast.visitor("mira"), held(cast, 7)
    a_signed_note(cast)
    noted(cast, other, thread="x")
    sessions = [cast.session.id, other.id, held(cast, 14).id]
    assert queries.states_of(by, sessions) == {cast.session.id: "signed", other.id: "draft"}
    assert queries.states_of(cast.visitor("tom"), sessions) == {}


def test_who_was_there_is_said_of_a_session_and_of_nothing_else(cast: Cast) -> None:
    by = cast.visitor("mira")
    present = queries.present(by, a_note(cast))
    assert [one.participant.person.name for one in present] == ["Amara Kamau"]
    assert queries.present(by, a_note(cast, therapy="reyes")) == []


def test_a_therapys_notes_come_newest_first_in_pages(cast: Cast) -> None:
    by = cast.visitor("mira")
    old, new = (noted(cast, held(cast, days), thread="x") for days in (14, 7))
    first = queries.of_therapy(by, cast.amara.id, limit=1)
    assert first == [new]
    before = queries.about_at(first[0])
    assert queries.of_therapy(by, cast.amara.id, limit=1, before=before) == [old]


def test_the_parts_of_one_session_stay_on_one_page(cast: Cast) -> None:
    by, who = cast.visitor("mira"), cast.participant("amara")
    a_note(cast)
    actions.begin(cast.amara.id, cast.session.id, who.id, by=by, at=LATER)
    noted(cast, held(cast, 7), thread="x")
    assert len(queries.of_therapy(by, cast.amara.id, limit=1)) == 2


def test_a_therapys_notes_are_its_own_peoples(cast: Cast) -> None:
    with pytest.raises(NotHere):
        queries.of_therapy(cast.visitor("tom"), cast.amara.id, limit=5)


def test_the_latest_thread_is_the_newest_that_was_written(cast: Cast) -> None:
    noted(cast, held(cast, 14), thread="Older", between="A letter")
    noted(cast, held(cast, 7), did="No thread")
    found = queries.latest_threads(cast.visitor("mira"), [cast.amara.id, cast.reyes.id])
    assert set(found) == {cast.amara.id}
    assert (found[cast.amara.id].words, found[cast.amara.id].between) == ("Older", "A letter")


def test_a_thread_is_looked_for_in_three_notes_and_before_a_moment(cast: Cast) -> None:
    by, of = cast.visitor("mira"), [cast.amara.id]
    noted(cast, held(cast, 35), thread="Long ago")
    for days in (28, 21, 14):
        noted(cast, held(cast, days), did="x")
    assert queries.latest_threads(by, of) == {}
    before = NOW - timedelta(days=14)
    assert queries.latest_threads(by, of, before=before)[cast.amara.id].words == "Long ago"


def test_threads_of_voided_and_discarded_notes_and_of_others_are_not_shown(cast: Cast) -> None:
    by, of = cast.visitor("mira"), [cast.amara.id]
    actions.void(a_signed_note(cast, thread="Wrong").id, "Slip", by=by, at=LATER)
    actions.discard(noted(cast, held(cast, 7), thread="Not this").id, by=by, at=LATER)
    assert queries.latest_threads(by, of) == {}
    noted(cast, held(cast, 14), thread="Mine")
    assert queries.latest_threads(cast.visitor("tom"), of) == {}


def test_drafts_of_sessions_that_are_over_are_to_finish(cast: Cast) -> None:
    by = cast.visitor("mira")
    a_note(cast)  # of a session that is only planned
    over, of_none = noted(cast, held(cast, 7), thread="x"), a_note(cast, therapy="reyes")
    assert set(queries.to_finish(by)) == {over, of_none}
    assert queries.to_finish(cast.visitor("tom")) == []


def test_held_sessions_without_a_note_are_unwritten(cast: Cast) -> None:
    by, bare = cast.visitor("mira"), held(cast, 7)
    noted(cast, held(cast, 14), thread="x")
    held(cast, 31)
    assert queries.unwritten(by, at=NOW) == [bare]
    assert queries.unwritten(cast.visitor("tom"), at=NOW) == []


def test_a_draft_can_be_moved_to_my_sessions_of_late(cast: Cast) -> None:
    lately = held(cast, 7)
    a_session(cast.kofi, NOW - timedelta(days=1))
    a_session(cast.amara, NOW - timedelta(days=1), state="withdrawn")
    assert queries.places(cast.visitor("mira"), at=NOW) == [cast.session, lately]


def test_a_part_can_be_about_one_where_there_are_several(cast: Cast) -> None:
    by = cast.visitor("mira")
    assert queries.parts(by, cast.amara.id) == []
    assert len(queries.parts(by, cast.reyes.id)) == 3


def test_what_was_kept_aside_can_be_seen(cast: Cast) -> None:
    note = a_note(cast, thread="from a")
    with pytest.raises(actions.SavedElsewhere):
        save(cast, note, base=0, tab="b", thread="from b")
    aside = queries.kept_aside(cast.visitor("mira"), note.id)
    assert [one.content["thread"] for one in aside] == ["from b"]


def test_words_are_found_whatever_their_case(cast: Cast) -> None:
    a_signed_note(cast, thread='She said "Straße" at four')
    found = queries.search(cast.visitor("mira"), ' said "STRASSE" ')
    assert [(one.before, one.at, one.after) for one in found] == [
        ("She ", 'said "Straße"', " at four")
    ]


def test_a_search_finds_words_and_not_the_notes_frame(cast: Cast) -> None:
    a_signed_note(cast, thread="She waited")
    by = cast.visitor("mira")
    assert queries.search(by, "thread") == []
    a_note(cast, therapy="reyes", thread="He left")
    a_note(cast, thread="She left")
    assert [one.at for one in queries.search(by, "WAITED")] == ["waited"]
    assert queries.search(by, "w") == []


def test_nobody_finds_words_of_others(cast: Cast) -> None:
    a_signed_note(cast, thread="She waited")
    for who in ("tom", "olive", "sam", "stranger"):
        assert queries.search(cast.visitor(who), "waited") == []


def test_words_of_a_participants_part_are_found_too(cast: Cast) -> None:
    by, who = cast.visitor("mira"), cast.participant("reyes")
    part = actions.begin(cast.reyes.id, None, who.id, by=by, at=LATER)
    content = words("narrative", note="the lighthouse")
    actions.save(part.id, content, base_version=0, tab="t", by=by, at=LATER)
    assert [one.note for one in queries.search(by, "Lighthouse")] == [part]
