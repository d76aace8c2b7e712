"""Whether a file that fits the schema makes sense: what it names is there, and what it adds up."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from holdspace.hour.measures.definitions import Instrument
from holdspace.hour.measures.instruments import library
from holdspace.hour.measures.reading import Raw, instrument_from
from holdspace.hour.measures.scoring import score

Path = tuple[str | int, ...]
LISTS_OF_ITEMS = (("recode", ["items"]), ("skips", ["zero", "items"]), ("subscales", ["items"]))


class Finding(NamedTuple):
    """What is wrong, and where in the file."""

    path: Path
    sentence: str


def of_definition(raw: Raw, ours: Iterable[str]) -> list[Finding]:
    """Return what is wrong with an instrument of a practice's own; nothing if it can be used."""
    if raw["id"] in ours:
        return [Finding(("id",), _("There is an instrument of this name in the library."))]
    found = [*_items(raw), *_scales(raw), *_bands(raw)]
    found = found or list(_references(raw))
    return found or list(_span(raw))


def of_words(raw: Raw, known: Mapping[str, Instrument]) -> list[Finding]:
    """Return what is wrong with the words for an instrument; nothing if they can be used."""
    instrument = known.get(raw["words_for"])
    if instrument is None:
        return [Finding(("words_for",), _("There is no such instrument."))]
    if instrument.is_total_only:
        return [
            Finding(("words_for",), _("No words can be loaded for it: only its total is used."))
        ]
    if str(instrument.version) != str(raw["version"]):
        return [Finding(("version",), _("The instrument has another version."))]
    ours = library().get(instrument.id)
    in_library = ours is not None and ours.is_worded
    if in_library or (instrument.is_worded and raw["language"] in instrument.languages):
        return [Finding(("language",), _("Its words are here already in this language."))]
    return list(_words(raw, instrument))


def _words(raw: Raw, instrument: Instrument) -> Iterator[Finding]:
    wanted = {item.id for item in instrument.items}
    for item in sorted(wanted ^ set(raw["items"])):
        said = _("is not worded") if item in wanted else _("is no item of this instrument")
        yield Finding(("items", item), f"“{item}” {said}.")
    for item in instrument.items:
        own = raw["items"].get(item.id, {}).get("options")
        wanted_values = [option.value for option in instrument.options_of(item)]
        differs = own is not None and _values(own) != wanted_values
        if differs or (item.options is not None and own is None):
            yield Finding(("items", item.id), _("It needs its own answers, with the same values."))
    if _values(raw["options"]) != [option.value for option in instrument.options]:
        yield Finding(("options",), _("The values of the answers are not those of the instrument."))


def _values(options: Any) -> list[int]:
    if isinstance(options, Mapping):
        return list(range(options["low"], options["high"] + 1))
    return [option["value"] for option in options]


def _listed(raw: Raw) -> list[Mapping[str, Any]]:
    items = raw.get("items", [])
    if isinstance(items, int):
        return [{"id": f"q{number}"} for number in range(1, items + 1)]
    return list(items)


def _items(raw: Raw) -> Iterator[Finding]:
    items, ids = _listed(raw), set[str]()
    options = _values(raw.get("options", []))
    for place, item in enumerate(items):
        if item["id"] in ids:
            yield Finding(
                ("items", place), _("“%(name)s” stands here twice.") % {"name": item["id"]}
            )
        ids.add(item["id"])
        own = _values(item["options"]) if item.get("options") else options
        if len(own) < 2 or own != sorted(set(own)):
            where: Path = ("items", place, "options") if item.get("options") else ("options",)
            yield Finding(where, _("Give at least two answers, their values rising."))
            return


def _scales(raw: Raw) -> Iterator[Finding]:
    for place, scale in enumerate(raw["scoring"].get("subscales", [])):
        if not scale["items"] and "range" not in scale:
            here: Path = ("scoring", "subscales", place)
            yield Finding(here, _("A scale without items needs a range."))
    low, high = raw["range"]
    if low >= high:
        yield Finding(("range",), _("The range goes from the lowest to the highest total."))


def _bands(raw: Raw) -> Iterator[Finding]:
    if not raw.get("bands"):
        return
    levels = raw["bands"]["levels"]
    ends = [levels[0]["low"], levels[-1]["high"]]
    if ends != list(raw["range"]):
        yield Finding(("bands", "levels"), _("The bands do not cover the range."))
    for place, (below, above) in enumerate(pairwise(levels), start=1):
        if not below["low"] <= below["high"] < above["low"]:
            yield Finding(
                ("bands", "levels", place), _("This band does not follow the one before.")
            )


def _references(raw: Raw) -> Iterator[Finding]:
    """Items, scales and rules that are named, and are not there."""
    scoring = raw["scoring"]
    items = {item["id"] for item in _listed(raw)}
    scales = {scale["id"] for scale in scoring.get("subscales", [])}
    rules = {rule["id"] for rule in scoring.get("rules", [])}
    for path, names, known in _named(raw, items, scales, rules):
        for name in names:
            if name not in known:
                yield Finding(path, _("There is no “%(name)s”.") % {"name": name})
    counts = {
        item["id"]: len(_values(item.get("options") or raw["options"])) for item in _listed(raw)
    }
    for place, code in enumerate(scoring.get("recode", [])):
        if any(counts.get(item) != len(code["values"]) for item in code["items"]):
            yield Finding(
                ("scoring", "recode", place), _("Give as many values as there are answers.")
            )


def _named(
    raw: Raw, items: set[str], scales: set[str], rules: set[str]
) -> Iterator[tuple[Path, Iterable[str], set[str]]]:
    for path, names in _items_named(raw):
        yield path, names, items
    for place, rule in enumerate(raw["scoring"].get("rules", [])):
        yield ("scoring", "rules", place), rule.get("excludes", []), rules
    for place, cutoff in enumerate(raw.get("cutoffs", [])):
        yield ("cutoffs", place), [cutoff["of"]] if cutoff.get("of") else [], scales
    for language, words in (raw.get("translations") or {}).items():
        yield ("translations", language), sorted(items), set(words["items"])


def _items_named(raw: Raw) -> Iterator[tuple[Path, Iterable[str]]]:
    scoring = raw["scoring"]
    yield ("scoring", "items"), scoring.get("items", [])
    yield ("scoring", "reversed"), scoring.get("reversed", [])
    yield ("missing", "only"), raw["missing"].get("only", [])
    for part, names in LISTS_OF_ITEMS:
        for place, each in enumerate(scoring.get(part, [])):
            yield ("scoring", part, place), [item for name in names for item in each[name]]
    for place, rule in enumerate(scoring.get("rules", [])):
        clustered = [item for cluster in rule["clusters"] for item in cluster["items"]]
        yield ("scoring", "rules", place), [*rule["counts_at_for"], *clustered]
    for place, watched in enumerate(raw.get("safety", [])):
        yield ("safety", place), [watched["item"]]
    for language, words in (raw.get("translations") or {}).items():
        yield ("translations", language), words["items"]


def _span(raw: Raw) -> Iterator[Finding]:
    """Whether the lightest and the heaviest answers reach the ends of the range."""
    instrument = instrument_from(raw)
    if instrument.is_total_only or not instrument.has_total:
        return
    worths = instrument.scoring.worth.items()
    for end, wanted in ((min, instrument.range[0]), (max, instrument.range[1])):
        answers = {item: end(worth, key=worth.__getitem__) for item, worth in worths}
        total = score(instrument, answers).total
        if total != wanted:
            told = {"total": "–" if total is None else f"{total:g}"}
            yield Finding(("range",), _("By its items the total reaches %(total)s.") % told)
