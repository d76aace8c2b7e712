"""The cast of the sample practice holds together: references, counts, safe numbers, discretion."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

DATA = Path(__file__).parents[2] / "holdspace" / "front" / "sample" / "data"

ROLES = {"owner", "therapist", "trainee", "supervisor", "reception", "biller", "auditor"}
STATES = {"inquiry", "assessment", "working", "ending", "ended"}
VOICES = {
    "clinical", "counselling", "analytic", "systemic", "narrative", "arts", "play", "group",
}  # fmt: skip
MEASURES = {"phq9", "gad7", "rand36_ewb", "session_rating"}
COURSES = {"improving", "steady", "slow", "worsening", "sudden_gain", "relapse"}
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"]
PLACES_WITHOUT_ROOM = {"video", "telephone"}

NOTE_FIELDS = {
    "basic": {"worked_on", "how_it_went", "next"},
    "narrative": set[str](),
    "three_line": {"came", "did"},
    "soap": {"subjective", "objective", "assessment", "plan"},
    "dap": {"data", "assessment", "plan"},
    "girp": {"goal", "intervention", "response", "plan"},
    "pie": {"problem", "intervention", "evaluation"},
    "cbt_session": {
        "mood_and_measures", "bridge", "agenda", "between_session_work", "work",
        "new_between_session_work", "feedback",
    },
    "dbt_individual": {
        "diary_card", "target", "chain", "solutions", "commitment", "therapy_interfering",
        "safety",
    },
    "emdr": {
        "phase", "target", "sud", "voc", "interweave", "complete", "closure", "between_sessions",
    },
    "play": {
        "arrival", "toys", "themes", "feelings", "significant_play", "limits", "leaving",
        "parent_hand_over",
    },
    "arts": {
        "settling", "materials", "process", "works", "makers_words", "closing", "storage",
    },
    "family": {"concerns", "pattern", "questions", "feedback_or_task", "letters"},
    "letter_as_note": {"letter"},
    "group": {"shared", "members"},
}  # fmt: skip

# Numbers Ofcom keeps for drama: mobile 07700 900000-900999, no-area 01632 960000-960999.
DRAMA_NUMBER = re.compile(r"\+44 (7700 900\d{3}|1632 960\d{3})")
RESERVED_ADDRESS = re.compile(r"[a-z.]+@[a-z]+\.example")


def read(name: str) -> Any:
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


MEMBERS = {each["key"]: each for each in read("members")["members"]}
PEOPLE = {each["key"]: each for each in read("people")["people"]}
THERAPIES = {each["key"]: each for each in read("therapies")["therapies"]}
WORDS = read("words")["words"]
PRACTICE = read("practice")
TODAY = read("today")["days"]


def texts_of(value: Any) -> Iterator[str]:
    """Every string inside a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


def joined(note: dict[str, Any]) -> str:
    return " ".join(texts_of(note))


def minutes(clock: str) -> int:
    hours, _, rest = clock.partition(":")
    return int(hours) * 60 + int(rest)


def names_of(person: str) -> set[str]:
    """The words by which somebody is named: all parts of the name and the preferred one."""
    known = PEOPLE[person]["name"] + " " + PEOPLE[person].get("preferred_name", "")
    return {word for word in re.findall(r"\w+", known) if len(word) > 1}


def people_named_in(therapy: dict[str, Any]) -> Iterator[str]:
    yield from (each["person"] for each in therapy["participants"])
    for fact in therapy.get("kinship", []):
        yield from (fact["a"], fact["b"])
    for fact in therapy.get("authority", []):
        yield from (fact["holder"], fact["child"])
    for order in therapy.get("court_orders", []):
        yield from (order["person"], order["child"])
    for home in therapy.get("households", []):
        yield from home["people"]


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def hours_of(key: str) -> tuple[int, int]:
    frame = THERAPIES[key]["frame"]
    start = minutes(frame["time"])
    return start, start + frame["minutes"]


def weekdays_of(key: str, today: str) -> set[str]:
    """Where a therapy's series lies when the sample is laid on the weekday given."""
    if key in {session["therapy"] for day in TODAY for session in day["sessions"]}:
        return {today}
    return set(THERAPIES[key]["frame"]["weekdays"])


def share_somebody_or_a_room(one: str, other: str) -> bool:
    a, b = THERAPIES[one], THERAPIES[other]
    members = {each["member"] for each in a["therapists"]}
    rooms = {a["frame"]["place"]} - PLACES_WITHOUT_ROOM
    people = {each["person"] for each in a["participants"]}
    return bool(
        members & {each["member"] for each in b["therapists"]}
        or rooms & {b["frame"]["place"]}
        or people & {each["person"] for each in b["participants"]}
    )


def test_there_are_six_members_with_known_roles_and_professions() -> None:
    assert len(MEMBERS) == 6
    assert len({each["profession"] for each in MEMBERS.values()}) == 6
    for member in MEMBERS.values():
        assert set(member["roles"]) <= ROLES
        assert member["voice"] in VOICES
        assert set(member["working_days"]) <= set(WEEKDAYS)


def test_a_trainee_has_a_supervisor_and_the_practice_one_owner() -> None:
    trainees = [each for each in MEMBERS.values() if "trainee" in each["roles"]]
    assert trainees
    assert all("supervisor" in MEMBERS[each["supervisor"]]["roles"] for each in trainees)
    assert sum("owner" in each["roles"] for each in MEMBERS.values()) == 1


def test_crisis_contacts_are_left_for_the_owner_to_confirm() -> None:
    assert PRACTICE["crisis_contacts"] == []


def test_every_address_and_number_is_one_that_reaches_nobody() -> None:
    contacts = [way for person in PEOPLE.values() for way in person["contacts"]]
    addresses = [way["value"] for way in contacts if way["kind"] == "email"]
    numbers = [way["value"] for way in contacts if way["kind"] != "email"]
    addresses += [member["email"] for member in MEMBERS.values()] + [PRACTICE["email"]]
    numbers += [PRACTICE["phone"]] + [site["phone"] for site in PRACTICE["sites"]]
    assert all(RESERVED_ADDRESS.fullmatch(address) for address in addresses)
    assert all(DRAMA_NUMBER.fullmatch(number) for number in numbers)
    assert len(set(addresses + numbers)) == len(addresses + numbers)


def test_no_other_file_holds_a_number_or_an_address() -> None:
    for name in ("therapies", "today", "words"):
        for text in texts_of(read(name)):
            assert "@" not in text
            assert not re.search(r"\d{5}", text)


@pytest.mark.parametrize("key", PEOPLE)
def test_a_person_is_described_enough_to_be_met(key: str) -> None:
    person = PEOPLE[key]
    assert person["name"]
    assert person["pronouns"]
    assert person["languages"]
    assert 0 <= person["age"] <= 81
    assert "born_weeks_ago" in person or re.fullmatch(r"\d\d-\d\d", person["birthday"])
    assert all(isinstance(language, str) for language in person["languages"])
    assert all({"kind", "value", "safe"} <= set(way) for way in person["contacts"])


def test_an_unsafe_way_of_reaching_somebody_says_why() -> None:
    ways = [way for person in PEOPLE.values() for way in person["contacts"]]
    assert all(way["safe"] or way["how"] for way in ways)
    assert any(not way["safe"] for way in ways)


def test_everybody_belongs_to_somebodys_work() -> None:
    placed = {person for each in THERAPIES.values() for person in people_named_in(each)}
    beside = {key for key, person in PEOPLE.items() if person.get("stands_by")}
    assert placed | beside == set(PEOPLE)
    for person in beside:
        assert all(each["person"] in PEOPLE for each in PEOPLE[person]["stands_by"])


def test_there_are_forty_therapies_of_every_kind() -> None:
    kinds = Counter(each["unit"] for each in THERAPIES.values())
    assert kinds == {
        "individual": 26, "couple": 4, "family": 2, "group": 1, "child": 5, "dyad": 2,
    }  # fmt: skip
    assert set(WORDS) == set(THERAPIES)


@pytest.mark.parametrize("key", THERAPIES)
def test_a_therapy_is_described_in_words_the_house_knows(key: str) -> None:
    therapy = THERAPIES[key]
    assert therapy["title"]
    assert therapy["brings"]
    assert isinstance(therapy["aims"], list)
    assert therapy["service"] in {"psychotherapy", "counselling"}
    assert therapy["stance"] in {"clinical", "facilitative"}
    assert therapy["state"] in STATES
    assert therapy["voice"] in VOICES
    assert set(therapy["measures"]) <= MEASURES
    assert therapy["course"]["label"] in COURSES
    assert 0 < therapy["course"]["start"] < 1


@pytest.mark.parametrize("key", THERAPIES)
def test_a_therapys_approaches_are_ids(key: str) -> None:
    approaches = THERAPIES[key]["approaches"]
    assert approaches
    assert all(re.fullmatch(r"[a-z_]+", approach) for approach in approaches)


@pytest.mark.parametrize("key", THERAPIES)
def test_a_therapys_people_therapists_and_room_exist(key: str) -> None:
    therapy = THERAPIES[key]
    rooms = {room["key"] for site in PRACTICE["sites"] for room in site["rooms"]}
    assert set(people_named_in(therapy)) <= set(PEOPLE)
    assert {each["member"] for each in therapy["therapists"]} <= set(MEMBERS)
    assert therapy["therapists"][0]["role"] == "therapist"
    assert therapy["frame"]["place"] in rooms | PLACES_WITHOUT_ROOM
    assert set(therapy["frame"]["weekdays"]) <= set(WEEKDAYS)


@pytest.mark.parametrize("key", THERAPIES)
def test_a_therapy_has_ended_when_it_says_so_and_not_before(key: str) -> None:
    therapy = THERAPIES[key]
    assert (therapy["state"] == "ended") == (therapy["ended_weeks_ago"] is not None)
    assert therapy["started_weeks_ago"] > (therapy["ended_weeks_ago"] or 0)


@pytest.mark.parametrize("key", THERAPIES)
def test_a_child_client_has_somebody_with_authority(key: str) -> None:
    therapy = THERAPIES[key]
    present = {each["person"] for each in therapy["participants"]}
    minors = {person for person in present if PEOPLE[person]["age"] < 18}
    cared_for = {fact["child"] for fact in therapy.get("authority", [])}
    assert minors == cared_for


def test_one_family_lives_in_two_homes_and_one_child_is_under_an_order() -> None:
    assert len(THERAPIES["reyes"]["households"]) == 2
    assert [key for key, each in THERAPIES.items() if "court_orders" in each] == ["ruben"]
    rahmani = {each["role"] for each in THERAPIES["rahmani"]["participants"]}
    assert {"grandparent", "interpreter"} <= rahmani


def test_eighteen_months_hold_about_two_thousand_sessions() -> None:
    planned = 0
    for therapy in THERAPIES.values():
        weeks = min(78, therapy["started_weeks_ago"]) - (therapy["ended_weeks_ago"] or 0)
        frame = therapy["frame"]
        planned += (weeks // frame["every"] + 1) * len(frame["weekdays"])
    assert 1_800 <= planned <= 2_500


@pytest.mark.parametrize("today", WEEKDAYS)
def test_nobody_and_no_room_is_in_two_places_whatever_day_it_is(today: str) -> None:
    for one, other in combinations(THERAPIES, 2):
        if weekdays_of(one, today) & weekdays_of(other, today):
            apart = not overlap(hours_of(one), hours_of(other))
            assert apart or not share_somebody_or_a_room(one, other), (one, other)


def test_today_is_the_current_one_one_arrived_and_one_to_come() -> None:
    mira = next(day for day in TODAY if day["member"] == "mira")
    sessions = mira["sessions"]
    assert [each["therapy"] for each in sessions if each["state"] == "begun"] == ["amara"]
    check_ins = Counter(each["check_in"]["state"] for each in sessions if "check_in" in each)
    assert check_ins == {"arrived": 1, "to_come": 1}
    assert [each["therapy"] for each in sessions] == [
        "marsh", "amara", "reyes", "theo", "whitlock", "grief",
    ]  # fmt: skip


def test_todays_sessions_belong_to_the_member_whose_day_it_is() -> None:
    for day in TODAY:
        for session in day["sessions"]:
            therapists = THERAPIES[session["therapy"]]["therapists"]
            assert day["member"] in {each["member"] for each in therapists}


def test_todays_hours_are_those_of_the_frames_around_ten_in_the_morning() -> None:
    ten = minutes("10:00")
    for day in TODAY:
        for session in day["sessions"]:
            assert hours_of(session["therapy"])[0] == ten + session["starts"]


def test_the_check_in_that_arrived_adds_up_and_flags_its_item() -> None:
    sessions = next(day for day in TODAY if day["member"] == "mira")["sessions"]
    arrived = next(each["check_in"] for each in sessions if each["therapy"] == "whitlock")
    assert len(arrived["answers"]) == len(arrived["previous_answers"]) == 9
    assert (sum(arrived["answers"]), sum(arrived["previous_answers"])) == (19, 14)
    assert arrived["answers"][arrived["safety_item"] - 1] == 1


@pytest.mark.parametrize("key", WORDS)
def test_every_therapy_has_words_of_its_own(key: str) -> None:
    holds = {each["member"] for each in THERAPIES[key]["therapists"]}
    fewest = 10 if "mira" in holds else 6
    assert WORDS[key]["latest_thread"]
    assert len(WORDS[key]["threads"]) >= fewest
    assert len(WORDS[key]["notes"]) >= fewest


@pytest.mark.parametrize("key", WORDS)
def test_a_note_keeps_to_its_format_or_is_free_text(key: str) -> None:
    allowed = NOTE_FIELDS[THERAPIES[key]["note_format"]] | {"text"}
    for note in WORDS[key]["notes"]:
        assert note
        assert set(note) <= allowed


def test_no_two_notes_are_equal_apart_from_we_sat() -> None:
    notes = [joined(note) for words in WORDS.values() for note in words["notes"]]
    assert len(set(notes)) == len(notes)
    assert "We sat." in notes


def test_no_two_threads_are_equal() -> None:
    kept = [line for each in WORDS.values() for line in [each["latest_thread"], *each["threads"]]]
    assert len(set(kept)) == len(kept)
    assert all(len(line) <= 140 for line in kept)


def test_notes_are_as_short_as_colleagues_write_them() -> None:
    singles = [each for key, each in WORDS.items() if THERAPIES[key]["unit"] != "group"]
    lengths = [len(joined(note).split()) for words in singles for note in words["notes"]]
    assert max(lengths) <= 150


def test_a_members_line_in_a_group_names_no_other_member() -> None:
    members = [each["person"] for each in THERAPIES["grief"]["participants"]]
    for note in WORDS["grief"]["notes"]:
        assert set(note["members"]) <= set(members)
        for person, line in note["members"].items():
            others = {name for other in members if other != person for name in names_of(other)}
            assert not others & set(re.findall(r"\w+", line))


def test_the_shared_part_of_a_group_names_no_member() -> None:
    members = [each["person"] for each in THERAPIES["grief"]["participants"]]
    names = {name for person in members for name in names_of(person)}
    for note in WORDS["grief"]["notes"]:
        assert not names & set(re.findall(r"\w+", note["shared"]))


def test_parts_and_meetings_belong_to_participants() -> None:
    for key, words in WORDS.items():
        present = {each["person"] for each in THERAPIES[key]["participants"]}
        assert {part["person"] for part in words.get("individual_parts", [])} <= present
        for meeting in words.get("parent_meetings", []):
            assert set(meeting["with"]) <= present
