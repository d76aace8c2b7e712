"""The client's pages in English, German and Spanish: every sentence in each, or nothing starts."""

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from holdspace.hour.measures.wording import plain_language

LANGUAGES: Final = ("en", "de", "es")
FILE: Final = Path(__file__).parent / "data" / "words.yaml"


class NotComplete(Exception):
    """A sentence is missing in one of the languages, or is not known."""


@dataclass(frozen=True, slots=True)
class Words:
    """Every sentence of the client's pages, in one language."""

    language_name: str
    language_choice: str
    date_format: str
    skip: str
    check_in: str
    asks: str
    asks_about: str
    about: str
    before_session: str
    after_session: str
    for_reader: str
    what_for: str
    who_reads: str
    reads_before: str
    reads_next: str
    today: str
    tomorrow: str
    on_day: str
    saved_each: str
    begin: str
    pin: str
    pin_wrong: str
    pin_missing: str
    pin_later: str
    code_title: str
    code: str
    code_ask: str
    code_wrong: str
    code_thanks: str
    progress: str
    how_far: str
    in_english: str
    next: str
    back: str
    rather_not: str
    decline_link: str
    choose: str
    handed_over: str
    review: str
    review_why: str
    not_answered: str
    hidden_answer: str
    change: str
    hand_over: str
    decline_title: str
    decline_why: str
    decline_do: str
    decline_not: str
    done_title: str
    done_next: str
    done_declined: str
    done_after_all: str
    done_answers: str
    seen_title: str
    seen_now: str
    seen_first: str
    seen_lower: str
    seen_higher: str
    seen_chance: str
    seen_more: str
    seen_along: str
    face_1: str
    face_2: str
    face_3: str
    face_4: str
    face_5: str
    care_title: str
    care_seen: str
    care_unwatched: str
    care_go_on: str
    help_link: str
    help_title: str
    help_someone: str
    help_emergency: str
    help_person: str
    help_call: str
    help_checked: str
    help_back: str
    help_page: str
    gone_title: str
    gone_why: str
    kept: str
    sending: str
    stays: str
    stays_sealed: str
    kept_end: str
    read_aloud: str
    sheet: str
    sheet_asks: str
    sheet_what_for: str
    sheet_both: str
    sheet_own: str
    sheet_lent: str
    sheet_kept: str
    sheet_lend: str
    sheet_take_back: str
    sheet_saved: str
    sheet_finish: str
    sheet_done: str
    sheet_done_next: str
    sheet_closed: str
    plan_neutral: str
    plan_open: str
    plan_call: str
    plan_empty: str
    plan_write: str
    plan_keep: str
    plan_keep_why: str
    plan_is_kept: str
    plan_forget: str
    plan_failed: str
    plan_changed: str
    plan_take: str
    plan_leave: str


def language_of(code: str) -> str:
    """One of our languages: the one asked for where we have it, else English."""
    plain = plain_language(code)
    return plain if plain in LANGUAGES else LANGUAGES[0]


def words(language: str) -> Words:
    """Return the sentences of one of our languages."""
    return catalogue()[language]


@cache
def catalogue() -> dict[str, Words]:
    """Return all languages; read once."""
    raw: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {language: complete(raw, language) for language in LANGUAGES}


def complete(raw: dict[str, dict[str, Any]], language: str) -> Words:
    """Make one language's sentences, or raise NotComplete with the first that is wrong."""
    known = {field.name for field in fields(Words)}
    odd = sorted(set(raw) ^ known) + sorted(slot for slot in raw if not raw[slot].get(language))
    if odd:
        raise NotComplete(f"{odd[0]} ({language})")
    return Words(**{slot: str(raw[slot][language]) for slot in known})
