"""What a practice chooses between, as a page calls it."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Labels = dict[str, str | Promise]

SERVICES: Final[Labels] = {
    "psychotherapy": _("Psychotherapy"), "counselling": _("Counselling"),
}  # fmt: skip
STANCES: Final[Labels] = {
    "clinical": _("Clinical"), "facilitative": _("Facilitative"),
}  # fmt: skip
NOTE_FORMATS: Final[Labels] = {
    "narrative": _("Free text"), "three_line": _("Three lines"), "basic": _("Basic"),
    "soap": "SOAP", "dap": "DAP", "birp": "BIRP", "girp": "GIRP", "pie": "PIE",
    "cbt_session": _("CBT session"), "dbt_individual": _("DBT, individual"),
    "emdr": _("EMDR session"), "play": _("Play session"), "arts": _("Arts session"),
    "couple": _("Couple session"), "family": _("Family session"),
    "group_whole": _("Group as a whole"), "group_member": _("Group, by member"),
}  # fmt: skip
