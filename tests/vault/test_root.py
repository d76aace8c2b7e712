"""The root key: where it comes from, where it may not lie, and what is said when it is wrong."""

import stat
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from holdspace.cellar.vault import keyring
from holdspace.cellar.vault.checks import check_root_key
from holdspace.cellar.vault.root import (
    NoRootKey,
    from_passphrase,
    new_salt,
    read_key_file,
    refuse_beside,
    write_key_file,
)
from tests.cast import NOW

BOTH = pytest.mark.django_db(databases=("default", "keyring"))


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "elsewhere" / "root-key"
    write_key_file(path)
    return path


@pytest.fixture
def house_of_file(db: None, key_file: Path, settings: Settings) -> Path:  # noqa: ARG001
    """A house that was founded under a key file, and is opened anew."""
    keyring.found(read_key_file(key_file), kind="file", at=NOW)
    keyring.forget()
    settings.HOLDSPACE_KEY_FILE = key_file
    return key_file


def test_a_new_key_is_readable_by_its_owner_alone(key_file: Path) -> None:
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert len(read_key_file(key_file)) == 32


def test_a_key_is_never_written_over_another(key_file: Path) -> None:
    with pytest.raises(FileExistsError):
        write_key_file(key_file)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(key_file: Path, mode: int) -> None:
    key_file.chmod(mode)
    with pytest.raises(NoRootKey, match="chmod 600"):
        read_key_file(key_file)


@pytest.mark.parametrize("text", ["", "abcd", "00" * 31, "00" * 33])
def test_what_is_no_key_is_refused(key_file: Path, text: str) -> None:
    key_file.write_text(text)
    with pytest.raises(NoRootKey, match="64 hexadecimal digits"):
        read_key_file(key_file)


@pytest.mark.parametrize("content", [b"hello", b"\xff" * 64])
def test_what_cannot_be_read_as_a_key_is_refused(key_file: Path, content: bytes) -> None:
    key_file.write_bytes(content)
    with pytest.raises(NoRootKey, match="cannot be read"):
        read_key_file(key_file)


def test_a_missing_key_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoRootKey, match="nowhere"):
        read_key_file(tmp_path / "nowhere")


def test_a_key_beside_the_data_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for inside in (home / "key", home / "deep" / "key", tmp_path / "x" / ".." / "home" / "key"):
        with pytest.raises(NoRootKey, match="beside the data"):
            refuse_beside(inside, home)


def test_a_link_does_not_hide_that_a_key_lies_beside_the_data(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "home")
    with pytest.raises(NoRootKey, match="beside the data"):
        refuse_beside(tmp_path / "link" / "key", tmp_path / "home")


def test_a_key_elsewhere_will_do(tmp_path: Path) -> None:
    refuse_beside(tmp_path / "key", tmp_path / "home")


def test_a_passphrase_gives_one_key_with_one_salt_however_its_accents_are_typed() -> None:
    salt = new_salt()
    assert from_passphrase("Caf\u00e9", salt) == from_passphrase("Cafe\u0301", salt)
    assert from_passphrase("Café", salt) != from_passphrase("Café", new_salt())
    assert len(from_passphrase("Café", salt)) == 32


@BOTH
def test_the_right_key_file_opens_the_house(house_of_file: Path, tmp_path: Path) -> None:
    check_root_key(house_of_file, tmp_path / "home", is_demo=False)
    assert keyring.root_key() == read_key_file(house_of_file)
    assert keyring.kind_of_root() == "file"


@BOTH
def test_a_house_does_not_open_with_its_key_beside_it(house_of_file: Path) -> None:
    with pytest.raises(NoRootKey, match="beside the data"):
        check_root_key(house_of_file, house_of_file.parent, is_demo=False)


@BOTH
def test_the_demo_opens_with_its_key_beside_it(house_of_file: Path) -> None:
    check_root_key(house_of_file, house_of_file.parent, is_demo=True)


@BOTH
def test_the_wrong_key_file_is_refused(house_of_file: Path) -> None:
    house_of_file.unlink()
    write_key_file(house_of_file)
    with pytest.raises(NoRootKey, match="not the root key"):
        keyring.root_key()


@BOTH
@pytest.mark.usefixtures("house_of_file")
def test_a_house_without_any_key_is_not_opened(settings: Settings, tmp_path: Path) -> None:
    settings.HOLDSPACE_KEY_FILE = None
    with pytest.raises(NoRootKey, match="There is no root key"):
        check_root_key(None, tmp_path, is_demo=False)


@BOTH
def test_before_it_is_founded_a_house_says_what_to_do() -> None:
    keyring.forget()
    with pytest.raises(NoRootKey, match="holdspace init"):
        keyring.root_key()
    assert keyring.kind_of_root() is None


@BOTH
def test_a_passphrase_opens_the_house_and_a_wrong_one_does_not(
    settings: Settings,
) -> None:
    salt = new_salt()
    keyring.found(from_passphrase("correct horse", salt), kind="passphrase", salt=salt, at=NOW)
    keyring.forget()
    settings.HOLDSPACE_PASSPHRASE = "wrong horse"
    with pytest.raises(NoRootKey, match="not the root key"):
        keyring.root_key()
    settings.HOLDSPACE_PASSPHRASE = "correct horse"
    assert len(keyring.root_key()) == 32
