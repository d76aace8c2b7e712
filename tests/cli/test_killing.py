"""What is killed while people write loses nothing; and what looks for losses finds them."""

import json
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from bench import killing
from bench.killing import Acknowledged, Writer
from holdspace.cellar.ledger.models import Line
from holdspace.hour.notes.models import Note, Version
from tests.cast import Cast
from tests.notes.places import a_note, save


@pytest.mark.slow
def test_a_house_that_is_killed_under_writers_loses_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench.kill", "--times", "3", "--home", str(tmp_path)]
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=240)
    figures = json.loads(told.stdout)
    assert (told.returncode, figures["faults"], figures["lost"]) == (0, [], 0)
    assert sum(figures["kills"].values()) == 3
    assert figures["saves acknowledged"] > 30
    assert figures["ended by itself"]


def test_a_save_that_is_not_there_is_missed(cast: Cast) -> None:
    note = a_note(cast, thread="She")
    save(cast, note, thread="She waited", base=1)
    (tab,) = {row.tab for row in Version.objects.all()}
    there = Acknowledged(str(note.id), tab, "She waited", 2, is_aside=False)
    others = [
        Acknowledged(str(note.id), tab, "She left", 2, is_aside=False),
        Acknowledged(str(note.id), tab, "She waited", 3, is_aside=False),
        Acknowledged(str(note.id), tab, "She waited", 2, is_aside=True),
        Acknowledged(str(uuid4()), tab, "She waited", 2, is_aside=False),
    ]
    assert killing.lost([there, *others]) == others


def test_a_note_that_was_half_written_is_found(cast: Cast) -> None:
    note = a_note(cast, thread="She")
    Version.objects.all().delete()  # a laid draft has no version of its first words
    save(cast, note, thread="She waited", base=1)
    assert killing.half_written([note.id]) == []
    note = Note.objects.get(pk=note.id)
    note.content = {**note.content, "thread": "She"}
    note.save()
    assert "does not say" in " ".join(killing.half_written([note.id]))
    Version.objects.all().delete()
    assert "has versions" in " ".join(killing.half_written([note.id]))


def test_a_save_or_a_page_without_its_line_is_found(cast: Cast, tmp_path: Path) -> None:
    note, member = a_note(cast, thread="She"), cast.members["mira"].id
    kept = [Acknowledged(str(note.id), f"tab-{n}", "She", 1, is_aside=False) for n in (0, 1)]
    assert Line.objects.filter(act="wrote").count() == 1
    assert killing.unwritten_lines(kept[:1]) == []
    assert len(killing.unwritten_lines(kept)) == 1
    writer = Writer(note.id, "tab-0", "", 0, tmp_path / "book", member)
    assert killing.unwritten_readings([writer]) == []
    writer.pages = 1
    assert len(killing.unwritten_readings([writer])) == 1
