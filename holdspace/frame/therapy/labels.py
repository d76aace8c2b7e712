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
ENDED: Final[Labels] = {
    "agreed": _("By agreement, with a goodbye"),
    "broken off": _("They stopped coming, without a goodbye"), "moved": _("They moved away"),
    "referred": _("Referred to somebody else"), "died": _("Somebody died"),
    "by the service": _("By the service"), "never began": _("It never began"),
    "not said": _("Not said"),
}  # fmt: skip
PARTS: Final[Labels] = {
    "client": _("Client"), "child": _("Child"), "parent": _("Parent"), "partner": _("Partner"),
    "sibling": _("Sibling"), "grandparent": _("Grandparent"), "guardian": _("Guardian"),
    "interpreter": _("Interpreter"), "teacher": _("Teacher"), "other": _("Other"),
}  # fmt: skip
CUES: Final[Labels] = {
    "": _("As the approach has it"),
    "none": _("Nothing but the clock"),
    "soft": _("The edge warms near the end"),
    "phase": _("The edge warms, and the present step is marked"),
}  # fmt: skip
FACTS: Final[Labels] = {
    "kinship": _("Kinship"), "parental authority": _("Parental authority"),
    "court order": _("Court order"),
}  # fmt: skip
PROMPTS: Final[Labels] = {  # about safety: invitations to write, none of which has to be answered
    "said": _("What was said or seen, in their words"),
    "thoughts": _("Wishes, thoughts, plans, what has been prepared, with what, and when"),
    "harm": _("Hurting oneself: how, how often, and what it does for them"),
    "worse": _("What makes it worse"), "better": _("What makes it better"),
    "changed": _("What has changed lately"),
    "holds": _("What holds them: reasons to live, people, promises"),
    "substances": _("Drink, drugs, acting before thinking"),
    "others": _("Danger from others, to others, to children or people in their care"),
    "own_view": _("How they see it themselves"),
    "others_view": _("How others see it, and with whose leave they were asked"),
    "agreed": _("What we agreed"),
    "means": _("What was put out of reach, and who holds it"),
    "known": _("Who else knows"), "again": _("When we look again"),
    "worry": _("What worries me"), "consulted": _("Whom I asked for a second view"),
}  # fmt: skip
SOURCES: Final[Labels] = {
    "therapy": _("from this therapy's page"), "session": _("from a session"),
    "note": _("from a note"), "measure": _("from an answer"), "crisis": _("in a crisis"),
}  # fmt: skip
ENTRIES: Final[Labels] = {
    "enquiry": _("Asked and heard"), "line": _("What was done"), "contact": _("Tried to reach"),
    "calmed": _("The crisis is over for now"), "closed": _("Closed"), "reopened": _("Opened again"),
}  # fmt: skip
CHANNELS: Final[Labels] = {
    "call": _("Call"), "message": _("Message"), "visit": _("Visit"),
    "somebody else": _("Through somebody else"),
}  # fmt: skip
HANDED_TO: Final = _("Handed over to")
RESULTS: Final[Labels] = {
    "reached": _("Reached"), "no answer": _("No answer"), "left word": _("Left word"),
}  # fmt: skip
PLACES: Final[Labels] = {
    "room": _("Room"), "video": _("Video"), "telephone": _("Telephone"),
    "outdoors": _("Outdoors"), "writing": _("In writing"), "home": _("At home"),
}  # fmt: skip


def choices(labels: Labels) -> list[tuple[str, Label]]:
    """Labels as a form offers them."""
    return list(labels.items())
