"""What a person reads of a questionnaire, in their language where it exists in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from holdspace.hour.measures.definitions import Anchors, Instrument, Option, Translation


@dataclass(frozen=True, slots=True)
class Wording:
    """One instrument in one language; `is_original` where the language wanted is lacking.

    A text is empty where its words are not ours to give. `own_options` and `own_stems` are those
    of items that differ from the others.
    """

    language: str
    is_original: bool
    name: str
    stem: str
    texts: Mapping[str, str]
    anchors: Mapping[str, Anchors]
    options: tuple[Option, ...]
    own_options: Mapping[str, tuple[Option, ...]]
    own_stems: Mapping[str, str]

    def stem_of(self, item: str) -> str:
        """Return what leads up to one question."""
        return self.own_stems.get(item, self.stem)

    def options_of(self, item: str) -> tuple[Option, ...]:
        """Return the answers offered to one item."""
        return self.own_options.get(item, self.options)

    def label(self, value: int, item: str = "") -> str:
        """Return the words of an answer, or its number where it has none."""
        words = {option.value: option.label for option in self.options_of(item)}
        return words[value] or str(value)


def plain_language(code: str) -> str:
    """Return `de` for `de-at`."""
    return code.lower().replace("_", "-").split("-")[0]


def wording(instrument: Instrument, language: str) -> Wording:
    """Return the instrument's official words in a language, else its original ones, and say so."""
    wanted = plain_language(language)
    translated = instrument.translations.get(wanted)
    if translated is None:
        items = instrument.items
        return Wording(
            language=instrument.original,
            is_original=wanted != instrument.original,
            name=instrument.name,
            stem=instrument.stem,
            texts={item.id: item.text for item in items},
            anchors={item.id: item.anchors for item in items if item.anchors},
            options=instrument.options,
            own_options={item.id: item.options for item in items if item.options},
            own_stems={item.id: item.stem for item in items if item.stem},
        )
    return _translated(instrument, translated, wanted)


def _translated(instrument: Instrument, words: Translation, language: str) -> Wording:
    own = {item.id: item.options for item in instrument.items if item.options}
    items = words.items
    return Wording(
        language=language,
        is_original=False,
        name=words.name,
        stem=words.stem,
        texts={item: each.text for item, each in items.items()},
        anchors={item: each.anchors for item, each in items.items() if each.anchors},
        options=words.options,
        own_options=own | {item: each.options for item, each in items.items() if each.options},
        own_stems={item: each.stem for item, each in items.items() if each.stem},
    )
