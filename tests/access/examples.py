"""With whose ids the addresses are tried, and who tries them."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from holdspace.frame.practice.actions import set_pin
from holdspace.frame.practice.models import Member
from holdspace.frame.practice.sign_in import NARROWED
from tests.access.cells import EXPIRED_TOKEN, INVITATION, TOKEN, Cells
from tests.access.forms import SHEET_TOKEN
from tests.cast import NOW, Cast

Ids = dict[str, Any]
Example = Callable[[Cast, Cells], Ids]


def therapy(cast: Cast, _: Cells) -> Ids:
    return {"therapy": cast.amara.id}


def family(cast: Cast, _: Cells) -> Ids:
    return {"therapy": cast.reyes.id}


def held(cast: Cast, _: Cells) -> Ids:
    return {"session": cast.session.id}


def note(of: str) -> Example:
    return lambda _, cells: {"note": getattr(cells, of).id}


def cell(name: str, of: str = "") -> Example:
    return lambda _, cells: {name: getattr(cells, of or name).id}


def paper(cast: Cast, _: Cells) -> Ids:
    return {"therapy": cast.amara.id, "instrument": "phq9"}


def shelved(_: Cast, __: Cells) -> Ids:
    return {"name": "phq9"}


def question(_: Cast, cells: Cells) -> Ids:
    return {"answering": cells.answering.id, "number": 1}


def goals(cast: Cast, cells: Cells) -> Ids:
    return {"therapy": cast.amara.id, "participant": cells.participant.id, "kind": "own_goals"}


def colleague(cast: Cast, _: Cells) -> Ids:
    return {"member": cast.tom.id}


def nothing(_: Cast, __: Cells) -> Ids:
    return {}


SESSIONS = (
    "prepare", "room", "open_room", "extend_room", "end_room", "grounding", "scribe", "open_scribe",
    "share", "say_done", "after", "write_after", "session", "session_move", "session_cancel",
    "session_restore", "attendance", "session_times", "session_split", "session_guest", "give_due",
)  # fmt: skip
THERAPIES = (
    "therapy", "therapy_people", "therapy_team", "therapy_facts", "therapy_frame",
    "therapy_state", "therapy_title", "therapy_choices", "therapy_brings", "therapy_aims",
    "therapy_notes", "therapy_measures", "give", "rule_add", "rule_offered", "showing",
    "therapy_course", "course_pdf", "event_add", "therapy_signals", "therapy_go_on",
    "therapy_sheets", "new_sheet", "therapy_safety", "safety_new",
    "safety_plan", "crisis",
)  # fmt: skip
SHEETS = (
    "sheet", "sheet_read", "sheet_save", "sheet_news", "sheet_versions", "sheet_pdf", "sheet_keep",
    "sheet_go_on", "sheet_put_away", "sheet_hand",
)  # fmt: skip
OWN_APPROACHES = ("edit_approach", "retire_approach", "bring_back_approach")
OWN_VOICES = ("edit_voice", "retire_voice", "bring_back_voice", "speak")
DRAFTS = ("note_save", "note_sign", "note_discard", "note_move")
SAFETY = ("safety_item", "safety_add", "safety_step", "safety_close", "safety_reopen")
SIGNED = ("note", "note_addendum", "note_void")

EXAMPLES: dict[str, Example] = {
    **dict.fromkeys(SESSIONS, held),
    **dict.fromkeys(THERAPIES, therapy),
    **dict.fromkeys(DRAFTS, note("draft")),
    **dict.fromkeys(SIGNED, note("signed")),
    **dict.fromkeys(SAFETY, cell("item", "safety")),
    "safety_step_done": cell("step", "safety_step"),
    **dict.fromkeys(SHEETS, cell("sheet")),
    **dict.fromkeys(
        ("family", "family_change", "family_file", "family_pdf"), cell("sheet", "genogram")
    ),
    **dict.fromkeys(("ecomap", "ecomap_save"), cell("sheet", "ecomap")),
    "sheet_link_withdraw": cell("link", "sheet_link"),
    "sheet_link": lambda *_: {"token": SHEET_TOKEN},
    "sheet_open": lambda *_: {"token": SHEET_TOKEN},
    **dict.fromkeys(("table", "table_away", "table_csv", "table_pdf"), cell("table")),
    "approach": lambda *_: {"name": "cbt"},
    **dict.fromkeys(OWN_APPROACHES, lambda _, cells: {"name": cells.approach.key}),
    **dict.fromkeys(OWN_VOICES, lambda _, cells: {"name": cells.voice.key}),
    "person": lambda _, cells: {"person": cells.participant.person_id},
    "describe_person": lambda _, cells: {"person": cells.participant.person_id},
    "add_contact_point": lambda _, cells: {"person": cells.participant.person_id},
    "change_contact_point": cell("point"),
    "end_contact_point": cell("point"),
    "end_participant": cell("participant"),
    "record_of_one": cell("participant"),
    "record_pdf": cell("participant"),
    "consider": cell("participant"),
    "event_void": cell("event"),
    "end_therapist": cell("seat", "therapist"),
    "end_fact": cell("fact"),
    "home_add": family,
    "agreement_set": family,
    "therapy_roster": cell("therapy", "group"),
    "agreement_also": cell("agreement"),
    "end_stay": cell("stay"),
    "guest_mistaken": cell("guest"),
    "paper": paper,
    "paper_total": paper,
    "instrument": shelved,
    "take_away_instrument": cell("file"),
    "rule_end": cell("rule"),
    "own_words": goals,
    "end_battery": cell("battery"),
    "withdraw_giving": cell("giving"),
    "hand_over": cell("giving"),
    "show_link": cell("giving"),
    "answering": cell("answering"),
    "flag": cell("flag"),
    "flag_seen": cell("flag"),
    "checkin_link": lambda *_: {"token": TOKEN},
    "checkin_open": lambda *_: {"token": TOKEN},
    "checkin_item": question,
    "checkin_care": question,
    "invitation": lambda *_: {"token": INVITATION},
    "close_room": cell("room"),
    "member": colleague,
    "end_membership": colleague,
    "withdraw_invitation": cell("invitation"),
    "revoke_session": lambda *_: {"session": 1},
    "mfa_remove_webauthn": lambda *_: {"pk": 1},
    "account_reset_password_from_key": lambda *_: {"uidb36": "1", "key": "a-key"},
}


def example(name: str) -> Example:
    return EXAMPLES.get(name, nothing)


# ------------------------------------------------------------------ visitors


def signed_in(name: str) -> Callable[[Cast, Cells], Client]:
    def make(cast: Cast, _: Cells) -> Client:
        client = Client()
        member: Member = getattr(cast, name)
        client.force_login(member.account, "holdspace.frame.practice.sign_in.Accounts")
        return client

    return make


def turned_to_the_client(cast: Cast, cells: Cells) -> Client:
    set_pin("2468", by=cast.visitor("mira"), at=NOW)
    client = signed_in("mira")(cast, cells)
    session = client.session
    session[NARROWED] = str(cast.amara.id)
    session.save()
    return client


def with_a_link(token: str) -> Callable[[Cast, Cells], Client]:
    def make(_: Cast, __: Cells) -> Client:
        client = Client()
        client.post(f"/c/{token}/begin")
        if token == TOKEN:
            client.post(f"/c/form/{SHEET_TOKEN}/begin")
        return client

    return make


VISITORS: dict[str, Callable[[Cast, Cells], Client]] = {
    "their therapist": signed_in("mira"),
    "another therapist": signed_in("tom"),
    "a trainee": signed_in("jo"),
    "the owner": signed_in("olive"),
    "reception": signed_in("sam"),
    "the biller": signed_in("bill"),
    "the auditor": signed_in("audrey"),
    "another practice": signed_in("stranger"),
    "a screen turned to the client": turned_to_the_client,
    "the client, by a link": with_a_link(TOKEN),
    "an expired link": with_a_link(EXPIRED_TOKEN),
    "nobody": lambda *_: Client(),
}
