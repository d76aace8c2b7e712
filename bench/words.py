"""Words that nobody said: names and notes of the length that real ones have."""

from typing import Any, Final

from holdspace.hour.notes.rules import Content, empty

FIRST: Final = (
    "Amara", "Benno", "Carla", "Dewi", "Edda", "Farid", "Greta", "Hanno", "Ines", "Jonas", "Kofi",
    "Leila", "Milan", "Nadia", "Oskar", "Priya", "Quentin", "Rosa", "Samir", "Tilda", "Umut",
    "Vera", "Wanda", "Xenia", "Yusuf", "Zora",
)  # fmt: skip
SYLLABLES: Final = (
    "ba", "den", "fu", "gar", "hen", "ja", "kin", "lo", "mar", "ni", "os", "per", "ro", "sen",
    "ta", "ul", "ver", "wi", "za",
)  # fmt: skip
SENTENCE: Final = (
    "We stayed with what the week had been like, and with what was hard to say of it. "
)


def name_of(number: int) -> str:
    """A name for a number: the same for the same, seldom the same for another."""
    rest, last = abs(number) * 7919 + (number < 0), ""
    for _ in range(4):
        rest, which = divmod(rest, len(SYLLABLES))
        last += SYLLABLES[which]
    return f"{FIRST[number % len(FIRST)]} {last.capitalize()}"


def content(number: int, what: str) -> Content:
    """A note of some two hundred words."""
    words: dict[str, Any] = empty("three_line")
    words["thread"] = f"Ask how the visit went ({number}, {what})"
    words["fields"] = {"came": SENTENCE * 6, "did": SENTENCE * 5}
    return words
