"""A house on its own disk: founded, refused without its key, served, verified, rotated."""

import stat
from pathlib import Path

import pytest

from tests.cli.houses import PASSWORD, House, one_sentence, wait_until


def test_a_house_is_readable_by_its_owner_alone(founded: House) -> None:
    assert stat.S_IMODE(founded.home.stat().st_mode) == 0o700
    assert stat.S_IMODE(founded.key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE((founded.home / "cookie-secret").stat().st_mode) == 0o600


def test_no_name_is_in_any_file_of_the_house(founded: House) -> None:
    files = [path for path in founded.home.rglob("*") if path.is_file()]
    assert len(files) >= 3
    assert [path for path in files if b"Canary House" in path.read_bytes()] == []
    assert [path for path in files if PASSWORD.encode() in path.read_bytes()] == []


def test_a_house_is_founded_once(founded: House) -> None:
    assert "already" in one_sentence(founded.found())


def test_a_root_key_beside_the_data_is_not_made(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.key_file = house.home / "root-key"
    assert "beside the data" in one_sentence(house.found())
    assert not house.key_file.exists()


def test_serving_without_the_root_key_is_refused(founded: House, tmp_path: Path) -> None:
    assert "There is no root key" in one_sentence(founded.run("serve"))
    nowhere = founded.run("serve", key_file=tmp_path / "nowhere")
    assert "cannot be read" in one_sentence(nowhere)


def test_serving_with_the_wrong_root_key_is_refused(founded: House, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("00" * 32)
    wrong.chmod(0o600)
    assert "not the root key" in one_sentence(founded.run("serve", key_file=wrong))


def test_serving_with_the_root_key_beside_the_data_is_refused(founded: House) -> None:
    beside = founded.home / "copy-of-key"
    beside.write_bytes(founded.key_file.read_bytes())
    beside.chmod(0o600)
    said = one_sentence(founded.run("serve", key_file=beside))
    beside.unlink()
    assert "beside the data" in said


def test_where_there_is_no_house_the_command_says_what_to_do(tmp_path: Path) -> None:
    key_file = tmp_path / "key"
    key_file.write_text("00" * 32)
    key_file.chmod(0o600)
    assert "holdspace init" in one_sentence(House(tmp_path).run("serve", key_file=key_file))


@pytest.mark.enable_socket
def test_a_house_serves_its_pages_and_its_ledger_is_carried_on(founded: House) -> None:
    def verified() -> str:
        return founded.run("ledger", "verify", key_file=founded.key_file)[1]

    with founded.served() as served:
        assert b"Holdspace" in served.page()
        wait_until(lambda: "1 line" in verified())
    note = founded.run("ledger", "checkpoint", key_file=founded.key_file)[1]
    origin = (founded.home / "ledger-origin").read_text().strip()
    assert note.startswith(f"{origin}\n1\n")


def test_keys_are_rotated_and_the_old_root_key_no_longer_opens(tmp_path: Path) -> None:
    house, new = House(tmp_path), tmp_path / "new" / "root-key"
    house.found()
    assert house.run("keys", "rotate", key_file=house.key_file)[0] == 0
    rotated = house.run("keys", "rotate-root", "--new-key-file", str(new), key_file=house.key_file)
    assert rotated[0] == 0, rotated
    assert "not the root key" in one_sentence(house.run("keys", "status", key_file=house.key_file))
    assert "by file" in house.run("keys", "status", key_file=new)[1]
