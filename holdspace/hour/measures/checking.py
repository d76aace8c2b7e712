"""A definition or a set of words, looked at before it is loaded: each fault with its line."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, ValidationError

from holdspace.hour.measures.definitions import Instrument
from holdspace.hour.measures.meaning import Finding, of_definition, of_words
from holdspace.hour.measures.reading import Loader, plain
from holdspace.hour.measures.rules import FileKind

SCHEMA = Path(__file__).parent / "data" / "instrument.schema.json"
LONGEST = 200_000
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and in which line, counted from 1."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file holds, or what is wrong with it."""

    kind: FileKind
    raw: Mapping[str, Any]
    faults: tuple[Fault, ...]


def look(text: str, known: Mapping[str, Instrument], ours: Iterable[str]) -> Looked:
    """Look at a file; `known` are the instruments there are, `ours` the ids of the library."""
    faults = tuple(_unreadable(text))
    if faults:
        return Looked(FileKind.DEFINITION, {}, faults)
    node, raw = yaml.compose(text, Loader), plain(text)
    if not isinstance(raw, dict) or node is None:
        nothing = Fault(1, _("This is no definition: it has no names with values."))
        return Looked(FileKind.DEFINITION, {}, (nothing,))
    kind = FileKind.WORDS if "words_for" in raw else FileKind.DEFINITION
    found = [*_doubled(node), *_unfit(kind, raw, node)]
    if not found:
        meant = of_words(raw, known) if kind is FileKind.WORDS else of_definition(raw, ours)
        found = [_fault(node, each) for each in meant]
    return Looked(kind, raw, tuple(sorted(found, key=lambda each: each.line)))


def _unreadable(text: str) -> Iterator[Fault]:
    """Whether it is YAML at all, of a size and shape that can be read safely."""
    if len(text) > LONGEST:
        yield Fault(1, _("The file is too long: at most %s letters.") % LONGEST)
        return
    depth = 0
    try:
        for event in yaml.parse(text, Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            line = getattr(event.start_mark, "line", 0) + 1
            if isinstance(event, yaml.AliasEvent):
                yield Fault(line, _("References within a file (*name) are not read here."))
            if depth > DEEPEST:
                yield Fault(line, _("This is nested too deeply."))
                return
            if getattr(event, "tag", None):
                yield Fault(line, _("Tags (with an exclamation mark) are not read here."))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = str(getattr(error, "problem", None) or error)
        sentence = _("This line cannot be read: %(problem)s.") % {"problem": problem}
        yield Fault(1 if mark is None else mark.line + 1, sentence)


def _doubled(node: yaml.Node) -> Iterator[Fault]:
    """Names that stand twice beside each other: only one of them would count."""
    if isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _doubled(each)
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for name, value in node.value:
            if name.value in seen:
                sentence = _("“%(name)s” stands here twice.") % {"name": name.value}
                yield Fault(name.start_mark.line + 1, sentence)
            seen.add(str(name.value))
            yield from _doubled(value)


@cache
def _validator(kind: FileKind) -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    pack = {"$defs": schema["$defs"], "$ref": "#/$defs/pack"}
    return Draft202012Validator(pack if kind is FileKind.WORDS else schema)


def _unfit(kind: FileKind, raw: Mapping[str, Any], node: yaml.Node) -> Iterator[Fault]:
    for error in _validator(kind).iter_errors(raw):
        inner = error
        while inner.context:  # of several shapes, the one that fits best
            inner = min(inner.context, key=lambda each: -len(each.absolute_path))
        yield _fault(node, Finding(tuple(inner.absolute_path), _unfitting(inner)))


def _unfitting(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    given: Any = error.instance
    schema: Any = error.schema
    if error.validator == "required":
        left_out = [name for name in wanted if name not in given]
        return _("“%(name)s” is missing.") % {"name": left_out[0]}
    if error.validator == "additionalProperties":
        strange = [str(name) for name in given if name not in schema["properties"]]
        return _("“%(name)s” is not known here.") % {"name": strange[0]}
    if error.validator == "type" and wanted == "string":
        return _("This must be text: put it in quotation marks.")
    return _("This does not fit: %(problem)s.") % {"problem": error.message[:200]}


def _fault(node: yaml.Node, finding: Finding) -> Fault:
    place = _place(node, finding.path)
    name = ".".join(str(step) for step in finding.path)
    sentence = f"{name}: {finding.sentence}" if name else finding.sentence
    return Fault(place.start_mark.line + 1, sentence)


def _place(node: yaml.Node, path: Sequence[str | int]) -> yaml.Node:
    """The node at a path, or the last one on the way to it that there is."""
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        else:
            node = next((value for name, value in node.value if name.value == str(step)), node)
    return node
