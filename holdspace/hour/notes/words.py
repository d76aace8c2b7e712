"""The words of the notes' pages: what each format and field is called, in the reader's language."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

Words = str | Promise

FORMATS: Final[dict[str, Words]] = {
    "narrative": _("Free note"),
    "three_line": _("Three lines"),
    "basic": _("What we worked on"),
    "soap": _("SOAP note"),
    "dap": _("DAP note"),
    "birp": _("BIRP note"),
    "girp": _("GIRP note"),
    "pie": _("PIE note"),
    "letter": _("A letter that stands as the note"),
    "cbt_session": _("CBT session"),
    "dbt_individual": _("DBT individual session"),
    "emdr": _("EMDR session"),
    "play": _("Play session"),
    "arts": _("Arts session"),
    "couple": _("Couple session"),
    "family": _("Family session"),
    "group_whole": _("The group as a whole"),
    "group_member": _("One member of the group"),
    "contact": _("Contact by telephone, e-mail or with others"),
}
FIELDS: Final[dict[str, Words]] = {
    "note": _("Note"),
    "came": _("What came"),
    "did": _("What we did"),
    "worked_on": _("What we worked on"),
    "how_it_went": _("How it went"),
    "next": _("What comes next"),
    "subjective": _("In the client's words"),
    "objective": _("Observed and measured"),
    "assessment": _("How I understand it"),
    "plan": _("Plan"),
    "data": _("What was said and seen"),
    "behaviour": _("How they came"),
    "goal": _("The goal we worked towards"),
    "intervention": _("What I did"),
    "response": _("How they responded"),
    "problem": _("The problem"),
    "evaluation": _("What came of it"),
    "letter": _("The letter"),
    "given": _("Given, or not yet given"),
    "mood": _("Mood and measures"),
    "bridge": _("Bridge from last time"),
    "agenda": _("What we put on the agenda"),
    "review": _("What was tried since: done, in part, not, and what was learned"),
    "work": _("The work of the session"),
    "new": _("To try until next time"),
    "feedback": _("How the session was for them"),
    "diary": _("From the diary card"),
    "target": _("What we turned to, and why"),
    "chain": _("The chain of events"),
    "solutions": _("Solutions rehearsed"),
    "commitment": _("Commitment"),
    "interfering": _("What got in the way of therapy, on either side"),
    "phase": _("Phase"),
    "start_and_end": _("Distress and belief, at the start and at the end"),
    "sets": _("Sets and interweaves"),
    "closure": _("How it was closed, and whether it is complete"),
    "until_next": _("Agreed for the days until next time"),
    "arrival": _("How the child arrived"),
    "toys": _("Toys"),
    "themes": _("Themes"),
    "feelings": _("Feelings shown"),
    "verbatim": _("Play that stood out, word for word where it can be"),
    "limits": _("Limits set, and how they were met"),
    "leaving": _("How the child left"),
    "hand_over": _("Said to the parent"),
    "settling": _("Settling"),
    "materials": _("Materials"),
    "process": _("The making, as I saw it"),
    "works": _("Works"),
    "makers_words": _("The maker's own words"),
    "closing": _("Closing"),
    "storage": _("Where the work is kept, and whose it is"),
    "present": _("Who came, and who did not"),
    "in_their_words": _("What concerns each, in their words"),
    "pattern": _("The pattern between them"),
    "questions": _("Questions that mattered"),
    "task": _("Feedback, or something to try"),
    "letter_to": _("Who gets a letter"),
    "climate": _("Climate of the group"),
    "line": _("This member today"),
    "who": _("Who, and by what means"),
    "why": _("Why, and on what basis"),
    "said": _("What was said"),
    "outcome": _("What came of it"),
}
HINTS: Final[dict[str, Words]] = {
    "climate": _("Nothing here may tell one member of another: no names, no stories."),
    "themes": _("What was seen; what it may mean is better kept in supervision."),
    "line": _("Write of the others as “another member”; not by name or initials."),
    "data": _("What happened; what you make of it comes next."),
    "objective": _("It may stay empty: not everything is measured."),
}
STATES: Final[dict[str, Words]] = {
    "draft": _("draft"),
    "signed": _("signed"),
    "voided": _("voided"),
    "discarded": _("discarded"),
}
ATTENDED: Final[dict[str, Words]] = {
    "expected": _("not said yet"),
    "attended": _("there"),
    "late": _("there, late"),
    "left early": _("there, left early"),
    "cancelled with notice": _("cancelled in time"),
    "cancelled late": _("cancelled late"),
    "did not come": _("did not come"),
    "therapist cancelled": _("cancelled by the therapist"),
    "holiday": _("on holiday"),
}
# What the rules say, named here so that translators find it.
SAID_BY_RULES: Final = (
    gettext_noop("This is not in the shape of a note."),
    gettext_noop("This is longer than 200,000 characters: keep it in two notes."),
    gettext_noop("A character in this cannot be written down (it has no shape). Take it out."),
    gettext_noop("This page does not say which tab it is: open the note again."),
)
THREAD: Final = _("Thread for next time")
SAFETY: Final = _("About safety")
BETWEEN: Final = _("Agreed between sessions")
SUPERVISION: Final = _("For supervision")
BRING: Final = _("To bring")
