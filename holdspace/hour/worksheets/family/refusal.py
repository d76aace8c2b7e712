"""What is said when a telling cannot be taken: which field, and why, in a sentence."""

from collections.abc import Callable


def _(sentence: str) -> str:
    """Mark a sentence for translation; whoever shows it says it in the reader's language."""
    return sentence


class CannotTell(Exception):
    """What was given is no telling; says where (`people[2].born`) and why.

    The sentence has gaps for values; none of them is ever a person's own words.
    """

    def __init__(self, sentence: str, *, field: str = "", **values: object) -> None:
        super().__init__(sentence.format(**values))
        self.sentence, self.field, self.values = sentence, field, values

    def said(self, gettext: Callable[[str], str]) -> str:
        """Why, in the language that `gettext` speaks."""
        return gettext(self.sentence).format(**self.values)
