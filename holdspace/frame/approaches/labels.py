"""What the parts of an approach are called on a page."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from holdspace.frame.people.labels import Labels

STANCES: Final[Labels] = {
    "clinical": _("Clinical"), "facilitative": _("Facilitative"), "mixed": _("Either"),
}  # fmt: skip
STRUCTURES: Final[Labels] = {
    "unstructured": _("Open: a clock, and nothing else"),
    "semi": _("Half open: steps are folded away until they are asked for"),
    "structured": _("In steps: they stand beside the clock, with about how long each takes"),
}
FORMATS: Final[Labels] = {
    "individual": _("Individual"), "couple": _("Couple"), "family": _("Family"),
    "group": _("Group"), "child": _("Child"), "adolescent": _("Adolescent"),
    "parent_child": _("Parent and child"),
}  # fmt: skip
EVIDENCE: Final[Labels] = {
    "emerging": _("Some trials; not settled"), "limited": _("Little controlled evidence"),
    "case tradition": _("A tradition of case study"),
    "mixed by indication": _("Good for some problems, not for others"),
}  # fmt: skip
VOICES: Final[Labels] = {
    "clinical": _("Clinical: patient, treatment"),
    "counselling": _("Counselling: client, ending"),
    "analytic": _("Analytic: patient, setting"),
    "systemic": _("Systemic: family, meeting"),
    "narrative": _("Narrative: conversations"),
    "arts": _("Arts: notes and works"),
    "play": _("Play: child, play session"),
    "group": _("Group: member, group"),
}
SLOTS: Final[dict[str, Any]] = {
    "person": _("Who comes"), "people": _("Those who come"), "work": _("The work"),
    "practitioner": _("Who works with them"), "problem": _("What brings them"),
    "problem_list": _("A list of that"), "understanding": _("How it is understood"),
    "plan": _("What is agreed"), "aim": _("An aim"), "aims": _("Aims"),
    "meeting": _("One hour of it"), "record": _("What is written"),
    "between": _("What is done in between"), "measure": _("What is asked in questionnaires"),
    "finish": _("How it ends"), "finish_doc": _("What is written at the end"),
    "absence": _("Somebody did not come"), "start": _("How it begins"),
}  # fmt: skip
TONGUES: Final[dict[str, Any]] = {"en": _("English"), "de": _("German"), "es": _("Spanish")}
