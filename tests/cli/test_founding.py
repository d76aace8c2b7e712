"""Founding a house: by questions at a terminal, by flags without any, and what is refused."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.conf import settings as django_settings

from holdspace.cellar.vault import keyring
from holdspace.cli.founding import init, migrate
from holdspace.cli.places import places
from holdspace.cli.questions import QUESTIONS
from holdspace.frame.practice.models import Account, Member, Practice
from holdspace.frame.practice.rules import is_country
from tests.cli.houses import PASSWORD, House, one_sentence
from tests.cli.terminal import Terminal

OWNER = (
    "--practice", "The Canary House", "--owner-name", "Olive Canary",
    "--owner-email", "olive@canary.example", "--password", PASSWORD,
)  # fmt: skip
PHRASE = "a horse that is correct, and a battery"


def test_a_house_is_founded_by_a_person_at_a_terminal(tmp_path: Path) -> None:
    house = House(tmp_path)
    with Terminal("init", environment=house.environment()) as desk:
        desk.talk(
            ("The practice's name: ", "Haus Kanarienvogel"), ("Your name: ", "Olive Canary"),
            ("Your e-mail, to sign in with: ", "olive at canary"),
            ("This is no e-mail address.\r\nYour e-mail", "olive@canary.example"),
            ("A password of 12 characters or more: ", "short"), ("confirmation: ", "short"),
        )  # fmt: skip
        desk.see("This password is too short.")
        desk.talk(
            ("A password of 12 characters or more: ", PASSWORD), ("confirmation: ", PASSWORD),
            ("Country (two letters) [GB]: ", "de"), ("Time zone [Europe/Berlin]: ", "Berlin"),
            ("A time zone is written as", ""), (" [de]: ", "en-gb"), (" [EUR]: ", ""),
            (" [clinical]: ", "counselling"),
            ("The file of the root key", str(house.home / "root-key")),
            ("beside the data", str(house.key_file)),
            ("0800 1110111", "y"), ("0800 1110222", ""), ("Another number", "116 117"),
            ("Who answers it", "Der ärztliche Bereitschaftsdienst"), ("Another number", ""),
        )  # fmt: skip
        assert desk.ended() == 0, desk.read
    assert PASSWORD not in desk.read
    assert f"export HOLDSPACE_KEY_FILE={house.key_file}" in desk.read
    assert stat.S_IMODE(house.key_file.stat().st_mode) == 0o600
    told = house.practice()
    assert (told["name"], told["owner"], told["email"]) == (
        "Haus Kanarienvogel", "Olive Canary", "olive@canary.example"
    )  # fmt: skip
    place = (told["country"], told["time_zone"], told["language"], told["currency"], told["voice"])
    assert place == ("DE", "Europe/Berlin", "en-gb", "EUR", "counselling")
    helps = told["choices"]["crisis_help"]
    assert [(one["country"], one["number"]) for one in helps] == [
        ("DE", "0800 1110111"), ("DE", "116 117")
    ]  # fmt: skip
    assert {one["verified_by"] for one in helps} == {told["id"]}


def test_flags_alone_found_a_house_and_confirm_nothing_by_themselves(tmp_path: Path) -> None:
    house = House(tmp_path)
    said = house.run("init", *OWNER, "--country", "es", "--key-file", str(house.key_file))
    assert said[0] == 0, said
    assert "no number yet" in said[1]
    told = house.practice()
    place = (told["country"], told["time_zone"], told["language"], told["currency"], told["voice"])
    assert place == ("ES", "Europe/Madrid", "es", "EUR", "clinical")
    assert told["choices"]["crisis_help"] == []


def test_every_house_names_its_ledger_by_itself_and_an_old_one_keeps_its_name(
    founded: House, tmp_path: Path
) -> None:
    other = House(tmp_path)
    assert other.found()[0] == 0
    origins = {founded.practice()["origin"], other.practice()["origin"]}
    assert len(origins) == 2
    assert all(origin.startswith("holdspace/ledger/") for origin in origins)
    (other.home / "ledger-origin").unlink()
    assert other.practice()["origin"] == "holdspace/ledger"


def test_a_name_of_the_ledger_that_was_chosen_is_kept(tmp_path: Path) -> None:
    house = House(tmp_path)
    chosen = {**house.environment(), "HOLDSPACE_LEDGER_ORIGIN": "canary.example/ledger"}
    with Terminal("init", *OWNER, "--key-file", str(house.key_file), environment=chosen) as desk:
        assert desk.ended() == 0, desk.read
    assert house.practice()["origin"] == "canary.example/ledger"


def test_a_founding_that_went_half_way_goes_on_with_the_same_key_only(tmp_path: Path) -> None:
    house = House(tmp_path)
    assert house.found()[0] == 0
    half_way = (
        "from holdspace.cli import start; start.begin('holdspace.settings.house')\n"
        "from holdspace.frame.practice.models import *\n"
        "for model in (Member, Practice, Account): model.objects.all().delete()"
    )
    assert house.python(half_way) == 0
    (house.home / "founded").unlink()
    other = one_sentence(house.run("init", *OWNER, "--key-file", str(tmp_path / "other")))
    assert "not the root key" in other
    code, out, err = house.found()
    assert code == 0, err
    assert "which was there already" in out


# ------------------------------------------------------------------ in this process


@pytest.fixture
def nowhere(db: None, settings: Any, tmp_path: Path) -> Iterator[Path]:  # noqa: ARG001 - a fixture
    """Two databases without a house, and a folder for one."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.HOLDSPACE_KEY_FILE, settings.HOLDSPACE_PASSPHRASE = None, ""
    yield tmp_path
    keyring.forget()


def founding(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(init, words, input=typed)


both = pytest.mark.django_db(databases=("default", "keyring"))


@both
def test_a_house_founded_by_flags_has_all_that_they_say(nowhere: Path) -> None:
    said = founding(
        *OWNER, "--country", "IE", "--language", "de", "--time-zone", "Europe/Vienna",
        "--currency", "CHF", "--voice", "play", "--key-file", str(nowhere / "key"),
        "--crisis-help", "Samaritans=116 123", "--crisis-help", "Doctor on call = 1",
    )  # fmt: skip
    assert said.exit_code == 0, said.output
    assert "are shown 116 123 (Samaritans); 1 (Doctor on call)." in said.output
    row = Practice.objects.get()
    assert (row.language, row.time_zone, row.currency) == ("de", "Europe/Vienna", "CHF")
    assert [one["number"] for one in row.choices["crisis_help"]] == ["116 123", "1"]
    assert Account.objects.get().check_password(PASSWORD)
    assert "already" in founding(*OWNER).output


@both
def test_a_second_practice_is_not_founded_in_a_database_that_has_one(nowhere: Path) -> None:
    assert founding(*OWNER, "--key-file", str(nowhere / "key")).exit_code == 0
    (django_settings.HOME / "founded").unlink()
    assert "There is a practice in this database already" in founding(*OWNER).output


@both
@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("--owner-email", "olive"), "--owner-email: This is no e-mail address."),
        (("--password", "too short"), "--password: "),
        (("--practice", " "), "--practice: Please write"),
        (("--owner-name", "O\x00live"), "--owner-name: Please write"),
        (("--practice", "x" * 201), "--practice: Please write"),
        (("--country", "Britain"), "--country: "),
        (("--country", "FR"), "--time-zone: "),
        (("--time-zone", "London"), "--time-zone: "),
        (("--language", "fr"), "--language: One of en-gb, de, es."),
        (("--currency", "pounds"), "--currency: "),
        (("--voice", "loud"), "--voice: One of clinical, "),
        (("--crisis-help", "116 123"), "NAME=NUMBER"),
        (("--crisis-help", "Samaritans=none"), "NAME=NUMBER"),
    ],
)
def test_a_flag_that_cannot_be_is_refused_before_anything_is_made(
    nowhere: Path, words: tuple[str, str], refusal: str
) -> None:
    said = founding(*OWNER, "--key-file", str(nowhere / "key"), *words)
    assert said.exit_code == 1
    assert refusal in said.stderr
    assert said.stderr.count("\n") == 1
    assert keyring.kind_of_root() is None
    assert list(nowhere.rglob("*key*")) == []


@both
def test_a_key_file_that_cannot_be_written_is_refused(nowhere: Path) -> None:
    (nowhere / "file").write_text("")
    said = founding(*OWNER, "--key-file", str(nowhere / "file" / "key"))
    assert (said.exit_code, said.stderr.count("\n")) == (1, 1)


ANSWERS = (
    "The Canary House", "Olive Canary", "olive@canary.example", PASSWORD, PASSWORD, "GB", "", "",
    "", "",
)  # fmt: skip


@both
def test_a_passphrase_is_typed_twice_and_long_enough(nowhere: Path) -> None:  # noqa: ARG001
    phrases = ("-", "too short", "too short", PHRASE, PHRASE)
    said = founding(typed="\n".join([*ANSWERS, *phrases, "n", ""]) + "\n")
    assert said.exit_code == 0, said.output
    assert "A passphrase has 16 to 200 characters." in said.output
    assert PHRASE not in said.output
    assert keyring.kind_of_root() == "passphrase"
    assert Member.objects.get().practice.choices["crisis_help"] == []


@both
def test_a_passphrase_that_was_handed_over_is_not_asked_for(nowhere: Path, settings: Any) -> None:
    settings.HOLDSPACE_PASSPHRASE = PHRASE
    said = founding(*OWNER, "--passphrase")
    assert said.exit_code == 0, said.output
    assert keyring.kind_of_root() == "passphrase"
    assert list(nowhere.rglob("*key*")) == []


@both
def test_whoever_stops_answering_has_founded_nothing(nowhere: Path) -> None:  # noqa: ARG001
    said = founding(typed="The Canary House\n")
    assert said.exit_code == 1
    assert keyring.kind_of_root() is None


@both
def test_tables_are_brought_up_to_date(nowhere: Path) -> None:  # noqa: ARG001
    assert "up to date" in CliRunner().invoke(migrate).output


def test_what_is_proposed_for_a_country_can_be_answered() -> None:
    assert places()
    for country, usual in places().items():
        assert is_country(country)
        for name in ("time_zone", "language", "currency"):
            assert QUESTIONS[name][1](getattr(usual, name)) == getattr(usual, name)
        assert all(one.source.startswith("https://") and one.read for one in usual.help)
