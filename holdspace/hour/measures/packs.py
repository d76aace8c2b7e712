"""Words that a practice is licensed to use, put on an instrument that came without them."""

from dataclasses import replace

from holdspace.hour.measures.definitions import Instrument, Item, Translation


def with_words(instrument: Instrument, language: str, words: Translation) -> Instrument:
    """Return the instrument with its words in one language more; the first become its own."""
    if instrument.is_worded:
        return replace(
            instrument,
            languages=(*instrument.languages, language),
            translations={**instrument.translations, language: words},
        )
    return replace(
        instrument,
        stem=words.stem,
        options=words.options,
        items=tuple(_worded(item, words) for item in instrument.items),
        languages=(language,),
    )


def _worded(item: Item, words: Translation) -> Item:
    said = words.items[item.id]
    return replace(
        item,
        text=said.text,
        stem=said.stem,
        anchors=said.anchors,
        options=said.options or item.options,
    )
