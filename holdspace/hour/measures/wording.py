"""What a person reads of a questionnaire, in their language where it exists in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from holdspace.hour.measures.instruments import Anchors, Instrument, Option

ORIGINAL = "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """One instrument in one language; `is_original` where the language wanted is lacking."""

    language: str
    is_original: bool
    name: str
    stem: str
    texts: Mapping[str, str]
    anchors: Mapping[str, Anchors]
    options: tuple[Option, ...]

    def label(self, value: int) -> str:
        """Return the words of an answer."""
        return next(option.label for option in self.options if option.value == value)


def plain_language(code: str) -> str:
    """Return `de` for `de-at`."""
    return code.lower().replace("_", "-").split("-")[0]


def wording(instrument: Instrument, language: str) -> Wording:
    """Return the instrument's official words in a language, else its English ones, and say so."""
    wanted = plain_language(language)
    translated = instrument.translations.get(wanted)
    if translated is None:
        return Wording(
            language=ORIGINAL,
            is_original=wanted != ORIGINAL,
            name=instrument.name,
            stem=instrument.stem,
            texts={item.id: item.text for item in instrument.items},
            anchors={item.id: item.anchors for item in instrument.items if item.anchors},
            options=instrument.options,
        )
    return Wording(
        language=wanted,
        is_original=False,
        name=translated.name,
        stem=translated.stem,
        texts=translated.items,
        anchors=translated.anchors,
        options=translated.options,
    )
