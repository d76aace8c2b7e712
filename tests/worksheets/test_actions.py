"""Sheets begun, filled in by several, kept, put away, lent, handed over."""

from datetime import timedelta

import pytest

from holdspace.cellar.access.gate import NotHere
from holdspace.cellar.access.table import Action
from holdspace.cellar.ledger.models import Line
from holdspace.frame.therapy.links import PinNeeded
from holdspace.hour.worksheets import actions, queries
from holdspace.hour.worksheets.models import WorksheetVersion
from holdspace.hour.worksheets.rules import CannotMove, NoLongerOpen
from holdspace.hour.worksheets.typed import CannotKeep
from tests.cast import NOW, Cast, nobodys_id
from tests.worksheets.fill import (
    ELSEWHERE,
    a_link,
    a_sheet,
    now,
    the_client,
    values,
    write,
)


def acts() -> list[str]:
    found = Line.objects.filter(what="form").order_by("at", "id")
    return [line.act for line in found]


# ------------------------------------------------------------------ begun


def test_a_sheet_is_of_the_one_who_takes_part(cast: Cast) -> None:
    sheet = a_sheet(cast)
    assert sheet.participant_id == cast.participant().id
    assert (sheet.layer, sheet.state, sheet.lent_at) == ("shared", "open", None)
    assert acts() == ["began"]


def test_a_familys_sheet_is_of_all_or_of_one(cast: Cast) -> None:
    assert a_sheet(cast, therapy="reyes").participant_id is None
    of_luz = cast.participant("reyes").id
    by = cast.visitor("mira")
    sheet = actions.begin(cast.reyes.id, "hexaflex", of_luz, by=by, at=NOW)
    assert sheet.participant_id == of_luz


def test_a_clients_own_is_of_one_and_lent_from_the_beginning(cast: Cast) -> None:
    assert a_sheet(cast, "nights").lent_at == NOW
    with pytest.raises(actions.CannotBegin, match="belongs to one person"):
        a_sheet(cast, "nights", "reyes")


def test_ones_own_form_is_its_authors_alone(cast: Cast) -> None:
    cast.amara.voice = "analytic"
    cast.amara.save()
    sheet = a_sheet(cast, "own_words")
    assert queries.one(cast.visitor("mira"), sheet.id, Action.FILL).id == sheet.id
    with pytest.raises(NotHere):
        queries.one(cast.visitor("tom"), sheet.id)


@pytest.mark.parametrize("name", ["nothing", "own_words"])  # unknown; of another voice
def test_a_form_that_is_not_offered_is_not_begun(cast: Cast, name: str) -> None:
    with pytest.raises(NotHere):
        a_sheet(cast, name)


def test_a_sheet_is_begun_in_a_session_of_its_therapy_for_someone_in_it(cast: Cast) -> None:
    by, session = cast.visitor("mira"), cast.session.id
    assert actions.begin(cast.amara.id, "hexaflex", None, session, by=by, at=NOW).session_id
    with pytest.raises(NotHere):
        actions.begin(cast.reyes.id, "hexaflex", None, session, by=by, at=NOW)
    with pytest.raises(NotHere):
        actions.begin(cast.reyes.id, "hexaflex", cast.participant().id, by=by, at=NOW)


@pytest.mark.parametrize("who", ["tom", "olive", "sam", "bill", "stranger"])
def test_nobody_else_begins_or_writes(cast: Cast, who: str) -> None:
    sheet = a_sheet(cast)
    with pytest.raises(NotHere):
        actions.begin(cast.amara.id, "hexaflex", by=cast.visitor(who), at=NOW)
    with pytest.raises(NotHere):
        write(sheet, cast.visitor(who), situation="x")


# ------------------------------------------------------------------ filled in


def test_each_field_is_kept_and_one_line_stands_for_the_page(cast: Cast) -> None:
    sheet, by = a_sheet(cast), cast.visitor("mira")
    assert write(sheet, by, situation="on the bridge").version == 1
    assert write(sheet, by, base=1, belief="80").version == 2
    write(sheet, by, page=ELSEWHERE, base=2, belief="70")
    assert values(sheet) == {"situation": "on the bridge", "belief": 70}
    assert acts() == ["began", "filled in", "filled in"]


def test_the_same_words_make_no_version(cast: Cast) -> None:
    sheet, by = a_sheet(cast), cast.visitor("mira")
    write(sheet, by, situation="x")
    assert write(sheet, by, base=1, situation="x").version == 1
    assert WorksheetVersion.objects.count() == 1


def test_what_two_wrote_in_one_field_is_told_and_both_are_kept(cast: Cast) -> None:
    sheet, mira = a_sheet(cast), cast.visitor("mira")
    client = the_client(a_link(cast, sheet))
    write(sheet, client, page=ELSEWHERE, situation="hers")
    done = write(sheet, mira, situation="mine", belief="5")
    (collision,) = done.collisions
    assert (collision.theirs, collision.yours) == ("hers", "mine")
    assert values(sheet) == {"situation": "hers", "belief": 5}
    aside = WorksheetVersion.objects.get(lost_to__isnull=False)
    assert (aside.changed, aside.lost_to) == ({"situation": ["hers", "mine"]}, 2)


def test_it_is_kept_whose_hand_wrote(cast: Cast) -> None:
    sheet = a_sheet(cast)
    client = the_client(a_link(cast, sheet))
    write(sheet, client, situation="hers")
    write(sheet, cast.visitor("mira"), page=ELSEWHERE, base=1, belief="5")
    hands = WorksheetVersion.objects.order_by("number").values_list("hand", "member", "participant")
    assert list(hands) == [
        ("client", None, cast.participant().id), ("member", cast.mira.id, None),
    ]  # fmt: skip


def test_rows_are_taken_out_and_moved(cast: Cast) -> None:
    sheet, by = a_sheet(cast, "exposure_hierarchy"), cast.visitor("mira")
    write(sheet, by, steps__a__situation="one", steps__b__situation="two")
    actions.raise_row(sheet.id, "steps", "b", page="p", by=by, at=NOW)
    assert values(sheet)["steps"] == ["b", "a"]
    actions.drop_row(sheet.id, "steps", "b", page="p", by=by, at=NOW)
    assert values(sheet)["steps"] == ["a"]


def test_a_map_of_an_editor_is_kept_as_the_editor_reads_it(cast: Cast) -> None:
    sheet, by = a_sheet(cast, "kin"), cast.visitor("mira")
    write(sheet, by, whole=["Ana", "Luis"])
    assert values(sheet) == {"whole": ["Ana", "Luis"]}
    assert write(sheet, by, base=1, whole="Ana").wrong == {"whole": "This is no list of names."}


# ------------------------------------------------------------------ moved


def test_a_kept_sheet_is_not_written_until_it_is_gone_on_with(cast: Cast) -> None:
    sheet, by = a_sheet(cast), cast.visitor("mira")
    write(sheet, by, situation="x")
    assert actions.keep(sheet.id, by=by, at=NOW).kept_by_id == cast.mira.id
    with pytest.raises(NoLongerOpen, match="no longer open"):
        write(sheet, by, base=1, situation="y")
    assert actions.go_on(sheet.id, by=by, at=NOW).kept_at is None
    assert write(sheet, by, base=1, situation="y").version == 2
    assert WorksheetVersion.objects.filter(is_kept=True).count() == 1


def test_the_versions_of_a_kept_sheet_are_thinned(cast: Cast) -> None:
    sheet, by = a_sheet(cast), cast.visitor("mira")
    for minute, words in ((0, "a"), (1, "ab"), (9, "abc")):
        write(sheet, by, base=minute, minutes=minute, situation=words)
    actions.keep(sheet.id, by=by, at=NOW + timedelta(minutes=10))
    past = [one.changed for one in queries.versions(by, now(sheet))]
    assert past == [{}, {"situation": ["ab", "abc"]}, {"situation": [None, "ab"]}]


def test_a_sheet_is_put_away_once_for_a_reason(cast: Cast) -> None:
    sheet, by = a_sheet(cast), cast.visitor("mira")
    for reason in (" ", "x" * 2001, "a\0b"):
        with pytest.raises(CannotKeep):
            actions.put_away(sheet.id, reason, by=by, at=NOW)
    assert actions.put_away(sheet.id, "begun twice", by=by, at=NOW).state == "put away"
    with pytest.raises(CannotMove):
        actions.put_away(sheet.id, "again", by=by, at=NOW)
    assert queries.one(by, sheet.id).put_away_because == "begun twice"


def test_a_client_neither_keeps_nor_puts_away(cast: Cast) -> None:
    sheet = a_sheet(cast)
    client = the_client(a_link(cast, sheet))
    with pytest.raises(NotHere):
        actions.keep(sheet.id, by=client, at=NOW)
    with pytest.raises(NotHere):
        actions.put_away(sheet.id, "why", by=client, at=NOW)


def test_a_clients_own_is_read_while_it_is_lent_and_written_by_the_client_alone(
    cast: Cast,
) -> None:
    sheet, mira = a_sheet(cast, "nights"), cast.visitor("mira")
    client = the_client(a_link(cast, sheet))
    write(sheet, client, nights__a__hours="6")
    assert queries.may(mira, now(sheet), Action.READ)
    with pytest.raises(NotHere):
        write(sheet, mira, page=ELSEWHERE, base=1, nights__a__hours="7")
    actions.take_back(sheet.id, by=client, at=NOW)
    with pytest.raises(NotHere):
        queries.one(mira, sheet.id)
    actions.take_back(sheet.id, by=client, at=NOW)
    actions.lend(sheet.id, by=client, at=NOW)
    assert queries.one(mira, sheet.id).id == sheet.id
    assert acts()[-2:] == ["took back", "lent"]


def test_only_its_client_lends_and_only_what_is_theirs(cast: Cast) -> None:
    shared = a_sheet(cast)
    with pytest.raises(NotHere):
        actions.lend(shared.id, by=the_client(a_link(cast, shared)), at=NOW)
    with pytest.raises(NotHere):
        actions.lend(shared.id, by=cast.visitor("mira"), at=NOW)


# ------------------------------------------------------------------ handed over


def test_a_link_opens_one_sheet_and_says_so_once(cast: Cast) -> None:
    sheet, other = a_sheet(cast), a_sheet(cast, "hexaflex")
    link = a_link(cast, sheet)
    done = actions.exchange(link.token, "", "", at=NOW)
    client = the_client(link)
    assert now(sheet).shared_on == NOW.date()
    assert queries.one(client, sheet.id).id == sheet.id
    with pytest.raises(NotHere):
        queries.one(client, other.id)
    actions.exchange(link.token, "", done.found.device, at=NOW)
    assert acts().count("shown") == 1


def test_another_device_needs_the_pin_or_a_link_of_its_own(cast: Cast) -> None:
    sheet = a_sheet(cast)
    plain, locked = a_link(cast, sheet), a_link(cast, sheet, pin="2468")
    actions.exchange(plain.token, "", "", at=NOW)
    with pytest.raises(NotHere):
        actions.exchange(plain.token, "", "", at=NOW)
    with pytest.raises(PinNeeded):
        actions.exchange(locked.token, "1357", "", at=NOW)
    actions.exchange(locked.token, "2468", "", at=NOW)
    assert actions.exchange(locked.token, "2468", "", at=NOW).found.sees_earlier


def test_a_link_ends_and_is_taken_back(cast: Cast) -> None:
    sheet, by = a_sheet(cast), cast.visitor("mira")
    link = a_link(cast, sheet)
    with pytest.raises(NotHere):
        queries.by_token(link.token, at=NOW + timedelta(days=15))
    actions.withdraw(link.id, by=by, at=NOW)
    assert actions.withdraw(link.id, by=by, at=NOW).withdrawn_at == NOW
    with pytest.raises(NotHere):
        queries.by_token(link.token, at=NOW)
    with pytest.raises(NotHere):
        actions.withdraw(nobodys_id(), by=by, at=NOW)


def test_what_was_put_away_is_opened_by_no_link(cast: Cast) -> None:
    sheet = a_sheet(cast)
    link = a_link(cast, sheet)
    actions.put_away(sheet.id, "why", by=cast.visitor("mira"), at=NOW)
    with pytest.raises(NotHere):
        queries.held(link.id, at=NOW)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [({"pin": "12"}, "4 to 12 digits"), ({"days": 0}, "1 to 90"), ({"days": 91}, "1 to 90")],
)
def test_a_link_that_cannot_be_is_refused(
    cast: Cast, more: dict[str, object], sentence: str
) -> None:
    with pytest.raises(actions.CannotHand, match=sentence):
        a_link(cast, a_sheet(cast), **more)


def test_what_is_not_made_for_clients_is_not_handed_over(cast: Cast) -> None:
    with pytest.raises(actions.CannotHand, match="stays with the therapist"):
        a_link(cast, a_sheet(cast, "lens"))
    kept = a_sheet(cast)
    actions.keep(kept.id, by=cast.visitor("mira"), at=NOW)
    with pytest.raises(actions.CannotHand, match="Only an open sheet"):
        a_link(cast, kept)


def test_a_sheet_of_all_is_handed_to_one_of_them_and_one_of_one_to_nobody_else(
    cast: Cast,
) -> None:
    of_all, luz = a_sheet(cast, therapy="reyes"), cast.participant("reyes").id
    with pytest.raises(actions.CannotHand, match="to whom"):
        a_link(cast, of_all)
    assert a_link(cast, of_all, participant=luz).participant_id == luz
    with pytest.raises(NotHere):
        a_link(cast, a_sheet(cast), participant=luz)
