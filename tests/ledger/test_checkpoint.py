"""Checkpoints as C2SP writes them."""

from base64 import b64decode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.cellar.ledger import checkpoint
from holdspace.cellar.ledger.checkpoint import Head, NotACheckpoint, NotSigned
from holdspace.cellar.vault import signing
from tests.ledger.book import ORIGIN, PUBLIC, SEED

HEAD = Head(ORIGIN, 7, bytes(range(32)))
NOTE = checkpoint.make(HEAD, seed=SEED)
TEXT, SIGNATURE = NOTE.split("\n\n")
# The example of c2sp.org/tlog-checkpoint, read 2026-11-23.
PUBLISHED = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/"
    "Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)


def checked(note: str) -> Head:
    return checkpoint.check(note, origin=ORIGIN, public=PUBLIC)


def test_a_checkpoint_reads_as_the_format_says() -> None:
    origin, size, root, empty, signature, end = NOTE.split("\n")
    assert (origin, size, empty, end) == (ORIGIN, "7", "", "")
    assert b64decode(root) == bytes(range(32))
    value = b64decode(signature.removeprefix(f"— {ORIGIN} "))
    assert value[:4] == checkpoint.key_id(ORIGIN, PUBLIC)
    assert value[4:] == signing.sign(SEED, HEAD.text().encode())


def test_the_published_example_is_understood() -> None:
    head = checkpoint.parse(PUBLISHED)
    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
    assert head.root.hex().startswith("0ac5186a91863e8e")


def test_a_key_id_is_the_one_that_others_compute() -> None:
    # The verifier key of the tests of golang.org/x/mod/sumdb/note.
    encoded = b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    assert checkpoint.key_id("PeterNeumann", encoded[1:]).hex() == "c74f20a3"


@given(st.integers(0, 2**62), st.binary(min_size=32, max_size=32))
def test_what_was_signed_is_what_is_read(size: int, root: bytes) -> None:
    head = Head(ORIGIN, size, root)
    assert checked(checkpoint.make(head, seed=SEED)) == head


def test_further_lines_and_foreign_signatures_are_let_pass() -> None:
    text = HEAD.text() + "more\n"
    value = checkpoint.key_id(ORIGIN, PUBLIC) + signing.sign(SEED, text.encode())
    foreign = "— witness.example AAAAAAAA\n"
    note = f"{text}\n{foreign}— {ORIGIN} {b64encode(value).decode()}\n"
    assert checked(note) == HEAD


@pytest.mark.parametrize("origin", ["", "two words", "a+b", "a\u00a0b", "a\x01b", "a\nb"])
def test_an_origin_is_one_word(origin: str) -> None:
    with pytest.raises(ValueError, match="one word"):
        checkpoint.make(Head(origin, 0, bytes(32)), seed=SEED)


@pytest.mark.parametrize(
    "note",
    [
        "",
        TEXT,
        f"{TEXT}\n\n",
        NOTE[:-1],
        NOTE.replace("\n7\n", "\n07\n"),
        NOTE.replace("\n7\n", "\n-7\n"),
        NOTE.replace("\n7\n", "\n٧\n"),
        NOTE.replace("\n7\n", "\n"),
        NOTE.replace("\n7\n", "\n\n7\n"),
        NOTE.replace("\n7\n", "\n7\r\n"),
        NOTE.replace("\n7\n", "\n7\ud800\n"),
        NOTE.replace("\n7\n", f"\n{10**20}\n"),
        NOTE.replace("AAEC", "AA!C"),
        NOTE.replace("AAEC", ""),
        NOTE.replace("AAEC", "AAE"),
        NOTE.replace("— ", "- "),
        NOTE.replace("— ", "—  "),
        f"{TEXT}\n\n— {ORIGIN} AAAA\n",
        f"{TEXT}\n\n— {ORIGIN} AAAAAAB=\n",
        f"{TEXT}\n\n" + SIGNATURE * 65,
    ],
)
def test_a_malformed_checkpoint_is_not_understood(note: str) -> None:
    with pytest.raises(NotACheckpoint):
        checkpoint.parse(note)


@pytest.mark.parametrize(
    "note",
    [
        NOTE.replace("\n7\n", "\n8\n"),
        NOTE.replace("AAEC", "AAED"),
        f"{TEXT}\n\n— witness.example AAAAAAAA\n",
        checkpoint.make(HEAD, seed=bytes(32)),
        checkpoint.make(Head("other.example", 7, bytes(32)), seed=SEED),
        f"{NOTE}— {ORIGIN} {b64encode(checkpoint.key_id(ORIGIN, PUBLIC) + bytes(64)).decode()}\n",
    ],
)
def test_a_checkpoint_that_the_log_did_not_sign_is_refused(note: str) -> None:
    with pytest.raises(NotSigned):
        checked(note)


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_stumble(note: str) -> None:
    with pytest.raises(NotACheckpoint):
        checkpoint.parse(note)
