"""Forms of the workbench: bringing a table, saying what its columns mean."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from holdspace.cellar.ui.forms import Chips, ManyAnswers, Whom, Words
from holdspace.hour.measures.instruments import Direction
from holdspace.office.outcomes.reading import Shape, times_of
from holdspace.office.outcomes.shown.results import METHODS
from holdspace.office.outcomes.shown.saying import in_words
from holdspace.office.outcomes.statistics.change import Cutoff
from holdspace.office.outcomes.statistics.indices import Method
from holdspace.office.outcomes.statistics.saying import Sentence, Why
from holdspace.office.outcomes.statistics.table import LARGEST, Sheet, TableRefused, time_key

LONGEST_NAME: Final = 120
SHAPES: Final = [
    (Shape.LONG.value, gettext_lazy("A row for each score")),
    (Shape.WIDE.value, gettext_lazy("A row for each person")),
]
BETTER: Final = [
    (Direction.HIGHER_WORSE.value, gettext_lazy("A lower score is better")),
    (Direction.HIGHER_BETTER.value, gettext_lazy("A higher score is better")),
]
CUTOFFS: Final = [
    (Cutoff.A.value, gettext_lazy("a: two deviations from the clinical mean")),
    (Cutoff.B.value, gettext_lazy("b: within two deviations of the functional mean")),
    (Cutoff.C.value, gettext_lazy("c: between both means, weighted by their deviations")),
]
NEEDED: Final = {
    Shape.LONG: ("time", "score", "first", "last"), Shape.WIDE: ("first_column", "last_column"),
}  # fmt: skip
SCORES: Final = {Shape.LONG: "score", Shape.WIDE: "last_column"}
BESIDE: Final[dict[object, str]] = {  # what a refusal comes from, where that is not the scores
    Why.TWO_GROUPS: "group", Why.NOT_BETTER: "functional_mean",
}  # fmt: skip
TOGETHER: Final = (("functional_mean", "functional_sd"), ("clinical_mean", "clinical_sd"))
MISSING: Final = gettext_lazy("This is needed for this choice.")


class FileForm(forms.Form):
    """A file of scores."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV, at most 4 MB. It is sealed, and only you can open it."),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,text/csv"}),
    )


class PasteForm(forms.Form):
    """The same, copied out of a spreadsheet."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME)
    rows = forms.CharField(
        label=gettext_lazy("Rows"),
        help_text=gettext_lazy("With a line of column names above them."),
        widget=Words({"rows": "6"}),
        strip=False,
    )


def _number(label: object, least: float, most: float = LARGEST, hint: object = "") -> Any:
    """A number as it is written in the reader's language."""
    return forms.FloatField(
        label=cast("str", label), help_text=cast("str", hint), min_value=least, max_value=most,
        required=False, localize=True,
        widget=forms.TextInput({"inputmode": "decimal", "class": "short", "autocomplete": "off"}),
    )  # fmt: skip


def _column(label: object) -> forms.ChoiceField:
    return forms.ChoiceField(label=cast("str", label), required=False)


class ReadingForm(forms.Form):
    """What the columns of a table mean, and how change is judged."""

    shape = forms.ChoiceField(label=gettext_lazy("The table has"), choices=SHAPES, widget=Chips)
    person = forms.ChoiceField(label=gettext_lazy("Column: whose score"))
    group = _column(gettext_lazy("Column: group"))
    time = _column(gettext_lazy("Column: when"))
    score = _column(gettext_lazy("Column: score"))
    first = forms.ChoiceField(label=gettext_lazy("First time"), required=False, widget=Whom)
    last = forms.ChoiceField(label=gettext_lazy("Last time"), required=False, widget=Whom)
    first_column = _column(gettext_lazy("Column: first score"))
    last_column = _column(gettext_lazy("Column: last score"))
    direction = forms.ChoiceField(
        label=gettext_lazy("Better is"), choices=BETTER, widget=Chips,
        initial=Direction.HIGHER_WORSE.value,
    )  # fmt: skip
    methods = forms.MultipleChoiceField(
        label=gettext_lazy("Methods"), choices=[(one.value, name) for one, name in METHODS.items()],
        required=False, widget=ManyAnswers,
        help_text=gettext_lazy("Without one, change is judged by points or by percent."),
    )  # fmt: skip
    reliability = _number(
        gettext_lazy("Reliability"), 0, 0.9999, gettext_lazy("From 0 to below 1.")
    )
    cutoff = forms.ChoiceField(
        label=gettext_lazy("Cut-off"), choices=CUTOFFS, initial=Cutoff.A.value
    )
    functional_mean = _number(gettext_lazy("Functional mean"), -LARGEST)
    functional_sd = _number(gettext_lazy("Functional deviation"), 1e-6)
    clinical_mean = _number(
        gettext_lazy("Clinical mean"), -LARGEST,
        hint=gettext_lazy("Where it is not that of the first scores in this table."),
    )  # fmt: skip
    clinical_sd = _number(gettext_lazy("Clinical deviation"), 1e-6)
    reliability_post = _number(
        gettext_lazy("Reliability at the end"), 0, 0.9999, gettext_lazy("For Nunnally–Kotsch.")
    )
    mid_improvement = _number(gettext_lazy("Points that count as better"), 1e-6)
    mid_deterioration = _number(gettext_lazy("Points that count as worse"), 1e-6)
    percent = _number(gettext_lazy("Per cent of the first score that count"), 1e-6)
    lowest = _number(gettext_lazy("Lowest possible score"), -LARGEST)
    highest = _number(gettext_lazy("Highest possible score"), -LARGEST)

    MORE: Final = (
        "clinical_mean", "clinical_sd", "reliability_post", "mid_improvement",
        "mid_deterioration", "percent", "lowest", "highest",
    )  # fmt: skip

    def __init__(self, of: Sheet, time: str, *args: Any, **kwargs: Any) -> None:
        """`time` is the column whose entries are offered as first and last time."""
        super().__init__(*args, **kwargs)
        self.of = of
        columns = [(name, name) for name in dict.fromkeys(of.header) if name]
        for name in ("person", "time", "score", "first_column", "last_column"):
            self._offer(name, columns)
        self._offer("group", [("", str(_("none"))), *columns])
        times = times_of(of, time)[:MOST_TIMES] if of.header.count(time) == 1 else []
        for name in ("first", "last"):
            self._offer(name, [(one, one) for one in times if one])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    @property
    def columns(self) -> list[forms.BoundField]:
        return [self[name] for name in COLUMNS]

    @property
    def judging(self) -> list[forms.BoundField]:
        return [self[name] for name in JUDGING]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE]

    @property
    def is_more_open(self) -> bool:
        return any(self[name].errors or self[name].value() not in (None, "") for name in self.MORE)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self._check_columns(said)
        self._check_judging(said)
        return said

    def _check_columns(self, said: Mapping[str, Any]) -> None:
        for name in NEEDED.get(said.get("shape", ""), ()):
            if not said.get(name) and name not in self.errors:
                self.add_error(name, str(MISSING))
        for first, last in (("first", "last"), ("first_column", "last_column")):
            needed = last in NEEDED.get(said.get("shape", ""), ())
            both = said.get(first), said.get(last)
            if needed and all(both) and time_key(str(both[0])) == time_key(str(both[1])):
                self.add_error(last, _("First and last are the same."))
        for name in ("person", "time", "score", "group", "first_column", "last_column"):
            if said.get(name):
                self._check_there_once(name, said[name])

    def _check_there_once(self, name: str, column: str) -> None:
        try:
            self.of.place(column)
        except TableRefused as why:
            self.add_error(name, in_words(why.said))

    def refuse(self, said: Sentence | str) -> None:
        """Say why nothing follows from this reading, beside the field that it comes from."""
        code = said.code if isinstance(said, Sentence) else None
        name = BESIDE.get(code) or SCORES[self.cleaned_data["shape"]]
        self.add_error(name, in_words(said))

    def _check_judging(self, said: Mapping[str, Any]) -> None:
        absent = {name for name in (*self.fields,) if said.get(name) in (None, [])}
        if {*said.get("methods", ())} - {Method.HLM.value}:
            self._miss({"reliability"} & absent)
        if {"methods", "mid_improvement", "percent"} <= absent:
            self._miss({"methods"})
        if said.get("cutoff") in (Cutoff.B, Cutoff.C):
            self._miss({*TOGETHER[0]} & absent)
        for pair in TOGETHER:
            if len(absent.intersection(pair)) == 1:
                self._miss(absent.intersection(pair))
        if not {"lowest", "highest"} & absent and said["lowest"] >= said["highest"]:
            self.add_error("highest", _("This is not above the lowest."))

    def _miss(self, names: Iterable[str]) -> None:
        for name in sorted(names):
            if name not in self.errors:
                self.add_error(name, str(MISSING))


MOST_TIMES: Final = 200
COLUMNS: Final = (
    "shape", "person", "group", "time", "score", "first", "last", "first_column", "last_column",
)  # fmt: skip
JUDGING: Final = (
    "direction", "methods", "reliability", "cutoff", "functional_mean", "functional_sd",
)  # fmt: skip
