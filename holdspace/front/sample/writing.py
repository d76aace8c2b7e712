"""From the words of the sample to notes in the shape that the house keeps them in."""

from typing import Any, Final

from holdspace.hour.notes.rules import Content, empty

FORMATS: Final = {"letter_as_note": "letter", "group": "group_whole"}
# Where the sample calls a field by another name than the house does.
FIELDS: Final[dict[str, dict[str, str]]] = {
    "cbt_session": {
        "mood_and_measures": "mood", "between_session_work": "review",
        "new_between_session_work": "new",
    },
    "dbt_individual": {"diary_card": "diary", "therapy_interfering": "interfering"},
    "emdr": {
        "sud": "start_and_end", "voc": "start_and_end", "interweave": "sets",
        "complete": "closure", "between_sessions": "until_next",
    },
    "play": {"significant_play": "verbatim", "parent_hand_over": "hand_over"},
    "family": {"concerns": "in_their_words", "feedback_or_task": "task", "letters": "letter_to"},
    "group_whole": {"shared": "themes"},
}  # fmt: skip
LEADS: Final = {"sud": "Distress", "voc": "Belief"}


def format_of(note_format: str) -> str:
    """The house's name of a format."""
    return FORMATS.get(note_format, note_format)


def written(note_format: str, entry: dict[str, Any]) -> tuple[str, Content]:
    """The format a note is in, and its words; one without fields is a free note."""
    if "text" in entry:
        return "narrative", free(entry["text"])
    chosen = format_of(note_format)
    content, names = empty(chosen), FIELDS.get(chosen, {})
    for name, value in entry.items():
        if name == "safety":
            content["safety"] = {"came_up": True, "words": str(value)}
        elif name != "members":
            _put(content["fields"], names.get(name, name), _said(name, value))
    return chosen, content


def free(words: str) -> Content:
    content = empty("narrative")
    content["fields"]["note"] = words
    return content


def of_member(line: str) -> Content:
    """One member's own part of a group's note."""
    content = empty("group_member")
    content["fields"]["line"] = line
    return content


def _said(name: str, value: object) -> str:
    return f"{LEADS[name]}: {value}" if name in LEADS else str(value)


def _put(fields: dict[str, str], name: str, words: str) -> None:
    """Two of the sample's fields may share one of the house's."""
    fields[name] = f"{fields[name]}\n{words}" if fields[name] else words


def back_from_the_end(words: list[str], index: int) -> str:
    """The last for the most recent session, the one before it for the one before, and round."""
    return words[-1 - index % len(words)]
