"""What the states, units and parts of a therapy are called on a page."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from holdspace.frame.people.labels import Label, Labels

UNITS: Final[Labels] = {
    "individual": _("Individual"), "couple": _("Couple"), "family": _("Family"),
    "group": _("Group"), "child": _("Child with parents"), "dyad": _("Parent and child"),
    "parents": _("Parents about a child"), "network": _("Network"),
}  # fmt: skip
OPENINGS: Final[Labels] = {
    "closed": _("Closed: nobody joins once it works"),
    "slow": _("Slowly open: when a place is free"), "open": _("Open at any time"),
}  # fmt: skip
SEATS: Final[Labels] = {
    "therapist": _("Works with them"), "reflecting": _("In the reflecting team"),
}  # fmt: skip
GOING_ON: Final[Labels] = {
    "went on": _("Ends, and goes on as the new one"), "beside": _("Goes on beside the new one"),
}  # fmt: skip
TIES: Final[dict[tuple[str, bool], Label]] = {  # how it stands to this, and whether it came after
    ("went on", True): _("Went on as"), ("went on", False): _("Goes on from"),
    ("beside", True): _("Beside this"), ("beside", False): _("Beside this"),
}  # fmt: skip
STATES: Final[Labels] = {
    "inquiry": _("Inquiry"), "assessment": _("Getting to know"), "working": _("Working"),
    "ending": _("Ending"), "ended": _("Ended"),
}  # fmt: skip
PARTS: Final[Labels] = {
    "client": _("Client"), "child": _("Child"), "parent": _("Parent"), "partner": _("Partner"),
    "sibling": _("Sibling"), "grandparent": _("Grandparent"), "guardian": _("Guardian"),
    "interpreter": _("Interpreter"), "teacher": _("Teacher"), "other": _("Other"),
}  # fmt: skip
FACTS: Final[Labels] = {
    "kinship": _("Kinship"), "parental authority": _("Parental authority"),
    "court order": _("Court order"),
}  # fmt: skip
PLACES: Final[Labels] = {
    "room": _("Room"), "video": _("Video"), "telephone": _("Telephone"),
    "outdoors": _("Outdoors"), "writing": _("In writing"), "home": _("At home"),
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


def choices(labels: Labels) -> list[tuple[str, Label]]:
    """Labels as a form offers them."""
    return list(labels.items())
