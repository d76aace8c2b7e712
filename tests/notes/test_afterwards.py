"""Signing, and what may still be done to a note: adding, voiding, moving, discarding."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.vault.sealing import scope_of
from holdspace.frame.therapy.models import Therapist
from holdspace.hour.encounters import actions as hour
from holdspace.hour.encounters.models import Attendance, Session
from holdspace.hour.encounters.rules import Attended
from holdspace.hour.notes import actions, queries
from holdspace.hour.notes.actions import CannotAdd, NoLongerADraft, Where
from holdspace.hour.notes.models import Addendum, Note, Version
from holdspace.hour.notes.rules import CannotBeSigned, CannotMove
from holdspace.hour.notes.signature import verify_signature
from tests.cast import A_YEAR_AGO, NOW, TODAY, Cast, a_session
from tests.notes.places import LATER, a_note, a_signed_note, save, sign


def test_a_signature_says_who_was_there(cast: Cast) -> None:
    note = a_note(cast, did="We sat.")
    with pytest.raises(CannotBeSigned, match="who was there") as refusal:
        actions.sign(note.id, by=cast.visitor("mira"), at=LATER)
    assert refusal.value.field == "there"
    assert Note.objects.get().state == "draft"
    actions.sign(note.id, [cast.participant().id], by=cast.visitor("mira"), at=LATER)
    session = Session.objects.get(pk=cast.session.pk)
    assert (session.state, session.ended_at) == ("held", LATER)
    assert Attendance.objects.get().state == "attended"


def test_where_nobody_came_the_session_was_not_held(cast: Cast) -> None:
    note = a_note(cast, did="I waited.")
    actions.sign(note.id, [], by=cast.visitor("mira"), at=LATER)
    assert Attendance.objects.get().state == "did not come"
    assert Session.objects.get(pk=cast.session.pk).state == "not held"


def test_an_hour_that_goes_on_is_not_ended_by_a_signature(cast: Cast) -> None:
    by, there = cast.visitor("mira"), [cast.participant().id]
    hour.begin(cast.session.id, by=by, at=NOW)
    note = a_note(cast, did="We sit.")
    actions.sign(note.id, there, by=by, at=NOW + timedelta(minutes=30))
    assert Session.objects.get(pk=cast.session.pk).state == "begun"
    assert Attendance.objects.get().state == "attended"


def test_what_was_said_before_is_not_asked_again(cast: Cast) -> None:
    by = cast.visitor("mira")
    hour.attend(
        cast.session.id, cast.participant().id, hour.Presence(Attended.LATE, 5), by=by, at=NOW
    )
    note = a_note(cast, did="We sat.")
    assert actions.sign(note.id, by=by, at=LATER).state == "signed"
    assert Attendance.objects.get().state == "late"


def test_a_signature_thins_the_versions_and_keeps_what_was_kept_aside(cast: Cast) -> None:
    note = a_note(cast)
    for n in range(1, 8):
        save(cast, note, base=n - 1, did="We sat." + "." * n)
    with pytest.raises(actions.SavedElsewhere):
        save(cast, note, base=2, tab="tab-b", did="He said it.")
    sign(cast, note)
    left = Version.objects.order_by("saved_at", "id")
    assert [one.content["fields"]["did"] for one in left if one.lost_to is None] == [
        "We sat..", "We sat........"
    ]  # fmt: skip
    assert [one.content["fields"]["did"] for one in left if one.lost_to] == ["He said it."]
    assert verify_signature(Note.objects.get())


def test_a_draft_keeps_every_version(cast: Cast) -> None:
    note = a_note(cast)
    for n in range(1, 8):
        save(cast, note, base=n - 1, did="We sat." + "." * n)
    actions.discard(note.id, by=cast.visitor("mira"), at=LATER)
    assert Version.objects.count() == 7


def test_of_a_session_to_come_nobody_asks_who_was_there(cast: Cast) -> None:
    by, session = cast.visitor("mira"), a_session(cast.amara, NOW + timedelta(days=7))
    note = actions.begin(cast.amara.id, session.id, by=by, at=NOW)
    save(cast, note, did="She asked to bring her aunt.")
    assert actions.sign(note.id, by=by, at=LATER).state == "signed"


def test_we_sat_is_a_complete_note(cast: Cast) -> None:
    note = a_signed_note(cast, did="We sat.")
    assert (note.state, note.signed_at, note.signed_by_id) == ("signed", LATER, cast.mira.id)
    assert not note.is_late_entry


def test_a_note_without_a_word_cannot_be_signed(cast: Cast) -> None:
    note = a_note(cast)
    with pytest.raises(CannotBeSigned):
        sign(cast, note, at=LATER)


def test_signing_twice_changes_nothing(cast: Cast) -> None:
    note, again = a_signed_note(cast), LATER + timedelta(hours=1)
    with pytest.raises(NoLongerADraft):
        sign(cast, note, at=again)
    assert Note.objects.get().signed_at == LATER


@pytest.mark.parametrize("who", ["tom", "jo", "olive", "stranger"])
def test_only_the_author_signs(cast: Cast, who: str) -> None:
    note = a_note(cast, thread="She waited")
    with pytest.raises(NotHere):
        sign(cast, note, who, at=LATER)


def test_a_colleague_on_the_team_reads_but_does_not_sign_or_write(cast: Cast) -> None:
    note = a_note(cast, thread="She waited")
    Therapist.objects.create(
        practice=cast.practice, therapy=cast.amara, member=cast.tom, from_on=A_YEAR_AGO
    )
    assert queries.one(cast.visitor("tom"), note.id).content["thread"] == "She waited"
    with pytest.raises(NotHere):
        sign(cast, note, "tom", at=LATER)
    with pytest.raises(NotHere):
        save(cast, note, "tom", base=1, thread="changed")
    with pytest.raises(NotHere):
        actions.discard(note.id, by=cast.visitor("tom"), at=LATER)
    with pytest.raises(NotHere):
        actions.move(note.id, Where(cast.kofi.id), by=cast.visitor("tom"), at=LATER)


def test_a_note_signed_two_days_later_is_a_late_entry(cast: Cast) -> None:
    note = a_note(cast, thread="She waited")
    late = NOW + timedelta(days=3)
    assert sign(cast, note, at=late).is_late_entry


def test_a_note_of_no_session_is_never_late(cast: Cast) -> None:
    note = a_note(cast, therapy="reyes", thread="A letter came")
    late = NOW + timedelta(days=30)
    assert not sign(cast, note, at=late).is_late_entry


def test_the_real_end_of_a_session_counts(cast: Cast) -> None:
    cast.session.began_at, cast.session.ended_at = NOW, NOW + timedelta(days=2)
    cast.session.state = "held"
    cast.session.save()
    note = a_note(cast, thread="A long one")
    signed = sign(cast, note, at=NOW + timedelta(days=3))
    assert not signed.is_late_entry


def test_the_database_wants_signer_and_time_together(cast: Cast) -> None:
    note = a_note(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.filter(pk=note.id).update(state="signed")


def test_a_signature_holds_for_what_was_signed(cast: Cast) -> None:
    a_signed_note(cast)
    note = Note.objects.get()
    assert verify_signature(note)
    note.content["thread"] = "We did not sit."
    assert not verify_signature(note)


def test_a_draft_has_no_signature(cast: Cast) -> None:
    assert not verify_signature(a_note(cast))


def test_an_addendum_has_its_own_author_time_and_reason(cast: Cast) -> None:
    note = a_signed_note(cast)
    added = actions.add(note.id, "It was Tuesday.", "Slip", by=cast.visitor("mira"), at=LATER)
    kept = Addendum.objects.get(pk=added.id)
    assert (kept.words, kept.reason, kept.author_id) == ("It was Tuesday.", "Slip", cast.mira.id)
    assert queries.addenda(cast.visitor("mira"), [note.id])[note.id] == [kept]


def test_a_draft_is_not_added_to_and_nothing_is_not_added(cast: Cast) -> None:
    note, by = a_note(cast), cast.visitor("mira")
    with pytest.raises(CannotAdd):
        actions.add(note.id, "More", by=by, at=LATER)
    with pytest.raises(CannotAdd):
        actions.add(note.id, "  ", by=by, at=LATER)


def test_a_voided_note_stays_with_its_reason(cast: Cast) -> None:
    note, by = a_signed_note(cast), cast.visitor("mira")
    actions.void(note.id, "Wrong person", by=by, at=LATER)
    kept = Note.objects.get()
    assert (kept.state, kept.void_reason, kept.voided_by_id) == ("voided", "Wrong person", by.id)
    assert verify_signature(kept)
    assert [one.id for one in queries.of_therapy(by, cast.amara.id, limit=5)] == [note.id]


def test_voiding_needs_a_reason_and_a_signed_note_and_happens_once(cast: Cast) -> None:
    note, by = a_signed_note(cast), cast.visitor("mira")
    with pytest.raises(CannotAdd):
        actions.void(note.id, " ", by=by, at=LATER)
    actions.void(note.id, "Wrong person", by=by, at=LATER)
    with pytest.raises(CannotAdd):
        actions.void(note.id, "Again", by=by, at=LATER)
    assert Note.objects.get().void_reason == "Wrong person"


def test_a_discarded_draft_leaves_the_lists_and_is_not_deleted(cast: Cast) -> None:
    note, by = a_note(cast, thread="Not this"), cast.visitor("mira")
    actions.discard(note.id, by=by, at=LATER)
    assert queries.of_session(by, cast.session.id) == []
    assert Note.objects.get().content["thread"] == "Not this"
    with pytest.raises(NoLongerADraft):
        actions.discard(note.id, by=by, at=LATER)


def test_a_draft_is_moved_and_sealed_anew_with_its_versions(cast: Cast) -> None:
    note, by = a_note(cast, thread="The Reyes, not Amara"), cast.visitor("mira")
    session = a_session(cast.reyes, NOW)
    actions.move(note.id, Where(cast.reyes.id, session.id), by=by, at=LATER)
    moved = Note.objects.get()
    scopes = {
        scope_of(bytes(row))
        for model in (Note, Version)
        for row in model.objects.values_list("content", flat=True)
    }
    assert scopes == {cast.reyes.id}
    assert (moved.therapy_id, moved.content["thread"]) == (cast.reyes.id, "The Reyes, not Amara")


def test_a_draft_is_not_moved_onto_another_draft(cast: Cast) -> None:
    note, other = a_note(cast, therapy="reyes", thread="a"), a_note(cast)
    to, by = Where(cast.amara.id, cast.session.id), cast.visitor("mira")
    with pytest.raises(CannotMove):
        actions.move(note.id, to, by=by, at=LATER)
    assert actions.move(other.id, to, by=by, at=LATER).id == other.id


def test_an_author_takes_no_draft_out_of_a_therapy_that_they_left(cast: Cast) -> None:
    note = a_note(cast, thread="She waited")
    Therapist.objects.filter(therapy=cast.amara).update(to_on=TODAY)
    with pytest.raises(NotHere):
        actions.move(note.id, Where(cast.reyes.id), by=cast.visitor("mira"), at=LATER)


def test_a_signed_note_is_not_moved(cast: Cast) -> None:
    note = a_signed_note(cast)
    with pytest.raises(NoLongerADraft):
        actions.move(note.id, Where(cast.reyes.id), by=cast.visitor("mira"), at=LATER)


def test_a_draft_is_not_moved_to_where_one_may_not_write(cast: Cast) -> None:
    note = a_note(cast)
    with pytest.raises(NotHere):
        actions.move(note.id, Where(cast.kofi.id), by=cast.visitor("mira"), at=LATER)
