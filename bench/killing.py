"""Killing a served house while drafts are saved, and looking afterwards for what is missing."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench import laying
from bench.laying import Seat
from bench.pages import BACKEND, CSRF
from bench.words import content
from holdspace.cellar.ledger.models import Line, Waiting
from holdspace.cellar.vault import keyring
from holdspace.frame.practice.sign_in import SECOND_FACTOR
from holdspace.hour.notes.models import Note, Version

CLIENTS: Final = 4 * laying.EACH  # four therapists, each with two drafts
PATIENCE: Final = 60
LONGEST_WAIT: Final = 1.5  # seconds that a server writes before it is killed
KEPT, KEPT_ASIDE = 200, 409
READ_EVERY: Final = 5  # saves: a page that is read writes a line in the ledger
ALL, STARTING = "all of them", "all of them, as they start"
WHO: Final = (ALL, ALL, ALL, "the server alone", "the worker alone", STARTING)


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A save that the server said it had kept: as the note's version, or aside from it."""

    note: str
    tab: str
    words: str
    version: int
    is_aside: bool


@dataclass(slots=True)
class Writer:
    """One tab in which a draft grows. What is acknowledged goes into a file at once."""

    note: UUID
    tab: str
    cookies: str
    port: int
    book: Path
    member: UUID
    version: int = 1
    answered: int = 0
    pages: int = 0
    cut_off: int = 0
    refused: list[str] = field(default_factory=list)

    def write(self, over: Event) -> None:
        with self.book.open("a", encoding="utf-8") as book:
            for number in count(1):
                if over.is_set():
                    return
                acknowledged = self._save(content(number, f"typed by {self.tab}, {number}"))
                if acknowledged is None:
                    over.wait(0.05)  # nobody is there: the house is being started again
                    continue
                book.write(json.dumps(acknowledged) + "\n")
                book.flush()
                self.answered += 1
                if number % READ_EVERY == 0:
                    self._look()

    def _save(self, words: dict[str, Any]) -> dict[str, Any] | None:
        """Whether it was kept; where no answer came, nobody knows, and the next save goes on."""
        sent = {"content": words, "base_version": self.version, "tab": self.tab}
        answer = self._ask("POST", reverse("note_save", args=[self.note]), json.dumps(sent))
        if answer is None:
            return None
        status, said = answer
        if status not in (KEPT, KEPT_ASIDE):
            self.refused.append(f"{status}: {said[:200]!r}")
            return None
        self.version = json.loads(said)["version"]
        return {
            "note": str(self.note), "tab": self.tab, "words": words["thread"],
            "version": self.version, "is_aside": status == KEPT_ASIDE,
        }  # fmt: skip

    def _look(self) -> None:
        answer = self._ask("GET", reverse("today"))
        if answer is not None and answer[0] == KEPT:
            self.pages += 1
        elif answer is not None:
            self.refused.append(f"Today: {answer[0]}")

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes] | None:
        wire = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": self.cookies, "X-CSRFToken": CSRF, "Content-Type": "application/json"}
        try:
            wire.request(method, path, body, headers)
            answer = wire.getresponse()
            return answer.status, answer.read()
        except ConnectionRefusedError:
            return None
        except (OSError, HTTPException):
            self.cut_off += 1
            return None
        finally:
            wire.close()


def killing(folder: Path, *, times: int, seed: int) -> dict[str, Any]:
    """Lay a practice, serve it, kill the server so many times; answers the figures."""
    port, began = _free_port(), time.monotonic()
    writers = _writers(laying.lay(CLIENTS, at=timezone.now()), port, folder)
    connections.close_all()  # nobody but the house has its files open
    random, over, killed = Random(seed), Event(), Counter[str]()
    threads = [Thread(target=writer.write, args=[over]) for writer in writers]
    server = _served(port)
    for thread in threads:
        thread.start()
    try:
        for number in range(times):
            who = random.choice(WHO)
            if who != STARTING:
                _wait_until(_more_is_answered(writers), server)
            time.sleep(random.uniform(0, LONGEST_WAIT))
            killed[who] += 1
            _kill(server, who)
            server = _served(port)
            _say(number + 1, times, writers)
        _wait_until(_more_is_answered(writers), server)
    finally:
        over.set()
        for thread in threads:
            thread.join()
        was_kept = _end(server)
    return {
        "kills": dict(killed), "seconds": round(time.monotonic() - began),
        **examined(writers), "ended by itself": was_kept,
    }  # fmt: skip


def _writers(seats: list[Seat], port: int, folder: Path) -> list[Writer]:
    """One tab for each draft, and two that write the same one and get in each other's way."""
    tabs = [(seat, note) for seat in seats for note in seat.drafts]
    tabs.append(tabs[0])
    return [
        Writer(
            note,
            f"tab-{number}",
            _cookies(seat),
            port,
            folder / f"acknowledged-{number}",
            seat.member.id,
        )
        for number, (seat, note) in enumerate(tabs)
    ]


def _cookies(seat: Seat) -> str:
    """A browser that is signed in, with its second factor shown."""
    client = Client()
    client.force_login(seat.member.account, backend=BACKEND)
    session = client.session
    session[SECOND_FACTOR] = True
    session.save()
    kept = {settings.SESSION_COOKIE_NAME: session.session_key, settings.CSRF_COOKIE_NAME: CSRF}
    return "; ".join(f"{name}={value}" for name, value in kept.items())


# ------------------------------------------------------------------ the server


def _served(port: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "holdspace.cli", "serve", "--port", str(port)]
    return subprocess.Popen(command, stdout=sys.stderr)


def _kill(server: "subprocess.Popen[bytes]", who: str) -> None:
    """SIGKILL, and nobody of it may stay: what is not killed itself must end by itself."""
    everybody = _children(server.pid)
    workers = [pid for pid, words in everybody.items() if " serve " in words]
    doomed = {"the server alone": [server.pid], "the worker alone": workers}
    for pid in doomed.get(who, [server.pid, *everybody]):
        os.kill(pid, signal.SIGKILL)
    server.wait(PATIENCE)
    _wait_until(lambda: not any(_is_alive(pid) for pid in everybody), None)


def _end(server: "subprocess.Popen[bytes]") -> bool:
    """Let the keeper carry what waits, then end the server as one should."""
    _wait_until(lambda: not Waiting.objects.exists(), server)
    server.terminate()
    return server.wait(PATIENCE) == 0


def _children(parent: int) -> dict[int, str]:
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if _stat(folder)[1] == str(parent):
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                found[int(folder.name)] = words.decode()
        except OSError:
            continue  # it ended while we looked
    return found


def _is_alive(pid: int) -> bool:
    try:
        return _stat(Path(f"/proc/{pid}"))[0] != "Z"
    except OSError:
        return False


def _stat(folder: Path) -> list[str]:
    """State and parent of a process."""
    return (folder / "stat").read_text().rpartition(")")[2].split()[:2]


def _more_is_answered(writers: list[Writer]) -> Callable[[], bool]:
    """Whether each of the writers has had an answer since now."""
    before = [writer.answered for writer in writers]
    return lambda: all(w.answered > was for w, was in zip(writers, before, strict=True))


def _wait_until(is_so: Callable[[], bool], server: "subprocess.Popen[bytes] | None") -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end or (server is not None and server.poll() is not None):
            msg = "the house does not do what was waited for"
            raise TimeoutError(msg)
        time.sleep(0.02)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _say(number: int, times: int, writers: list[Writer]) -> None:
    if number % 10 == 0:
        saves = sum(writer.answered for writer in writers)
        print(f"{number} of {times} kills, {saves:,} saves acknowledged", file=sys.stderr)


# ------------------------------------------------------------------ afterwards


def examined(writers: list[Writer]) -> dict[str, Any]:
    """What was acknowledged, what of it is lost, and everything else that is wrong."""
    keyring.forget()
    acknowledged = [one for writer in writers for one in read(writer.book)]
    gone = lost(acknowledged)
    faults = [
        *(f"lost: {one}" for one in gone[:20]),
        *half_written({writer.note for writer in writers}),
        *unsound_databases(), *unsound_ledger(),
        *unwritten_lines(acknowledged), *unwritten_readings(writers),
        *(said for writer in writers for said in writer.refused),
    ]  # fmt: skip
    return {
        "saves acknowledged": len(acknowledged),
        "of them kept aside": sum(one.is_aside for one in acknowledged),
        "pages read": sum(writer.pages for writer in writers),
        "cut off without an answer": sum(writer.cut_off for writer in writers),
        "lost": len(gone), "ledger lines": Line.objects.count(), "faults": faults,
    }  # fmt: skip


def read(book: Path) -> list[Acknowledged]:
    lines = book.read_text(encoding="utf-8").splitlines()
    return [Acknowledged(**json.loads(line)) for line in lines]


def lost(acknowledged: Iterable[Acknowledged]) -> list[Acknowledged]:
    """Those that no version of their note holds as they were acknowledged."""
    kept = {
        (str(row.note_id), row.tab, row.content["thread"], row.number, row.lost_to is not None)
        for row in Version.objects.all()
    }
    return [
        one
        for one in acknowledged
        if (one.note, one.tab, one.words, one.version, one.is_aside) not in kept
    ]


def half_written(notes: Iterable[UUID]) -> list[str]:
    """A note says what its latest version says, and there is one version for each of its saves."""
    faults = []
    for note in Note.objects.filter(pk__in=notes):
        rows = Version.objects.filter(note=note, lost_to=None).order_by("number")
        numbers = [row.number for row in rows]
        if numbers != list(range(2, note.version + 1)):  # the first was laid without one
            faults.append(f"note {note.pk} has versions {numbers[:3]} … of {note.version}")
        last = rows.last()
        if last is None or last.content != note.content:
            faults.append(f"note {note.pk} does not say what its latest version says")
    return faults


def unsound_databases() -> list[str]:
    faults = []
    for name in ("default", keyring.KEYRING):
        with connections[name].cursor() as cursor:
            for question, sound in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
                cursor.execute(f"PRAGMA {question}")
                if (found := cursor.fetchall()) != sound:
                    faults.append(f"{question} of {name}: {found[:3]}")
    return faults


def unsound_ledger() -> list[str]:
    """As a person would ask, in a process of its own."""
    command = [sys.executable, "-m", "holdspace.cli", "ledger", "verify"]
    said = subprocess.run(command, capture_output=True, text=True)
    print(said.stdout, end="", file=sys.stderr)
    return [] if said.returncode == 0 else [f"ledger verify: {said.stderr}"]


def unwritten_lines(acknowledged: Iterable[Acknowledged]) -> list[str]:
    """The first save of a note from a tab writes one line, with the save or not at all."""
    tabs = Counter(
        note for note, _ in {(one.note, one.tab) for one in acknowledged if not one.is_aside}
    )
    lines = Counter[str]()
    for subjects in Line.objects.filter(act="wrote", what="note").values_list(
        "subjects", flat=True
    ):
        lines.update(subjects)
    return [f"note {note}: {lines[note]} lines" for note in tabs if lines[note] != tabs[note]]


def unwritten_readings(writers: Iterable[Writer]) -> list[str]:
    """A page that was seen has its line."""
    seen = Counter[UUID]()
    for writer in writers:
        seen[writer.member] += writer.pages
    lines = Line.objects.filter(act="read")
    counts = {member: lines.filter(actor=member).count() for member in seen}
    return [
        f"{pages} pages were seen by {member}, and {counts[member]} lines say so"
        for member, pages in seen.items()
        if counts[member] < pages
    ]
