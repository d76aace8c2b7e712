"""Beginning and saving notes: nothing typed is ever lost or written over."""

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.ledger.models import Line
from holdspace.hour.notes import actions
from holdspace.hour.notes.actions import NoLongerADraft, SavedElsewhere
from holdspace.hour.notes.models import Note, Version
from holdspace.hour.notes.rules import CannotKeep
from tests.cast import Cast, nobodys_id
from tests.notes.places import LATER, a_note, a_signed_note, save, words


def acts() -> list[str]:
    return list(Line.objects.filter(what="note").order_by("id").values_list("act", flat=True))


def test_a_note_begins_as_an_empty_draft(cast: Cast) -> None:
    note = a_note(cast)
    assert (note.state, note.version, note.content) == ("draft", 0, words())
    assert acts() == ["began"]


def test_beginning_again_opens_the_same_draft(cast: Cast) -> None:
    assert a_note(cast).id == a_note(cast).id
    assert acts() == ["began"]


def test_after_signing_another_note_of_the_session_can_begin(cast: Cast) -> None:
    assert a_signed_note(cast).id != a_note(cast).id


def test_of_no_session_there_may_be_many_drafts(cast: Cast) -> None:
    assert a_note(cast, therapy="reyes").id != a_note(cast, therapy="reyes").id


def test_a_participant_has_a_part_of_their_own(cast: Cast) -> None:
    who = cast.participant("amara")
    by = cast.visitor("mira")
    part = actions.begin(cast.amara.id, cast.session.id, who.id, by=by, at=LATER)
    assert part.id != a_note(cast).id
    assert (part.format, part.seal_scope()) == ("narrative", who.id)


def test_two_that_begin_at_once_share_one_draft(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = a_note(cast)
    monkeypatch.setattr(actions, "_my_draft", lambda *_: None)
    assert a_note(cast).id == first.id
    assert Note.objects.count() == 1


@pytest.mark.parametrize("who", ["tom", "jo", "olive", "sam", "bill", "audrey", "stranger"])
def test_nobody_else_begins_a_note(cast: Cast, who: str) -> None:
    with pytest.raises(NotHere):
        a_note(cast, who)


def test_a_session_or_participant_of_another_therapy_is_not_here(cast: Cast) -> None:
    by, elsewhere = cast.visitor("mira"), cast.participant("reyes").id
    with pytest.raises(NotHere):
        actions.begin(cast.reyes.id, cast.session.id, by=by, at=LATER)
    with pytest.raises(NotHere):
        actions.begin(cast.amara.id, None, elsewhere, by=by, at=LATER)


def test_a_save_is_a_version(cast: Cast) -> None:
    note = a_note(cast)
    assert save(cast, note, thread="She").version == 1
    assert save(cast, note, thread="She waited", base=1).version == 2
    kept = [row.content["thread"] for row in Version.objects.order_by("number")]
    assert kept == ["She", "She waited"]


def test_the_same_words_make_no_version(cast: Cast) -> None:
    note = a_note(cast, thread="She waited")
    assert save(cast, note, thread="She waited", base=0, tab="tab-b").version == 1
    assert Version.objects.count() == 1


def test_the_ledger_has_one_line_for_each_tab_not_for_each_save(cast: Cast) -> None:
    note = a_note(cast)
    for base, (tab, thread) in enumerate([("a", "1"), ("a", "2"), ("b", "3"), ("a", "4")]):
        save(cast, note, base=base, tab=tab, thread=thread)
    assert acts() == ["began", "wrote", "wrote"]


def test_a_tab_whose_first_words_were_kept_aside_has_its_line_once_it_writes(cast: Cast) -> None:
    note = a_note(cast, thread="from a")
    with pytest.raises(SavedElsewhere):
        save(cast, note, base=0, tab="tab-b", thread="from b")
    save(cast, note, base=1, tab="tab-b", thread="from both")
    assert acts() == ["began", "wrote", "wrote"]


def test_a_second_tab_is_told_and_nothing_is_written_over(cast: Cast) -> None:
    note = a_note(cast, thread="from a")
    with pytest.raises(SavedElsewhere) as told:
        save(cast, note, base=0, tab="tab-b", thread="from b")
    note.refresh_from_db()
    assert note.content["thread"] == "from a"
    assert (told.value.theirs["thread"], told.value.yours["thread"]) == ("from a", "from b")
    assert told.value.joined["thread"] == "from a\n\nfrom b"


def test_what_the_second_tab_typed_is_kept_aside(cast: Cast) -> None:
    note = a_note(cast, thread="from a")
    with pytest.raises(SavedElsewhere):
        save(cast, note, base=0, tab="tab-b", thread="from b")
    aside = Version.objects.get(lost_to=1)
    assert (aside.content["thread"], aside.tab) == ("from b", "tab-b")


def test_a_tab_whose_answer_was_lost_goes_on(cast: Cast) -> None:
    note = a_note(cast, thread="She")
    assert save(cast, note, base=0, thread="She waited").version == 2


def test_a_signed_note_cannot_be_saved_over(cast: Cast) -> None:
    note = a_signed_note(cast)
    with pytest.raises(NoLongerADraft):
        save(cast, note, base=1, thread="changed")


def test_words_that_cannot_be_kept_change_nothing(cast: Cast) -> None:
    note = a_note(cast, thread="She")
    with pytest.raises(CannotKeep):
        save(cast, note, base=1, thread="She\x00")
    note.refresh_from_db()
    assert (note.content["thread"], note.version) == ("She", 1)


@pytest.mark.parametrize("who", ["tom", "olive", "stranger"])
def test_nobody_else_writes_in_a_note(cast: Cast, who: str) -> None:
    note = a_note(cast)
    with pytest.raises(NotHere):
        save(cast, note, who, thread="not mine")


def test_an_unknown_note_is_not_here(cast: Cast) -> None:
    by = cast.visitor("mira")
    with pytest.raises(NotHere):
        actions.save(nobodys_id(), words(), base_version=0, tab="a", by=by, at=LATER)


def test_a_save_asks_the_database_little(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    note = a_note(cast, thread="She")
    with django_assert_max_num_queries(6):
        save(cast, note, base=1, thread="She waited")
