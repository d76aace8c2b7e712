"""What each kind of figure, union, line and mark is called: in legend, list and forms."""

from typing import Final

from holdspace.hour.worksheets.family.model import Figure, How, Mark, Tie, Turn
from holdspace.hour.worksheets.family.refusal import _

FIGURES: Final = {
    Figure.WOMAN: _("woman or girl"), Figure.MAN: _("man or boy"),
    Figure.NONBINARY: _("non-binary person"), Figure.UNKNOWN: _("gender not told"),
    Figure.PET: _("pet"), Figure.PREGNANCY: _("pregnancy"), Figure.MISCARRIAGE: _("miscarriage"),
    Figure.ABORTION: _("abortion"), Figure.STILLBIRTH: _("stillbirth"),
}  # fmt: skip
TURNS: Final = {
    Turn.MARRIED: _("married (m.)"), Turn.TOGETHER: _("living together (t.)"),
    Turn.AFFAIR: _("affair (a.)"), Turn.SEPARATED: _("separated (s.)"),
    Turn.DIVORCED: _("divorced (d.)"), Turn.REUNITED: _("together again (r.)"),
}  # fmt: skip
HOWS: Final = {
    How.BIOLOGICAL: _("child by birth"), How.ADOPTED: _("adopted child"),
    How.FOSTER: _("foster child"), How.DONOR: _("child by a donor"),
    How.SURROGATE: _("child by a surrogate"),
}  # fmt: skip
TIES: Final = {
    Tie.CLOSE: _("close"), Tie.FUSED: _("fused"), Tie.DISTANT: _("distant"),
    Tie.HOSTILE: _("hostile"), Tie.CLOSE_HOSTILE: _("close and hostile"),
    Tie.FUSED_HOSTILE: _("fused and hostile"), Tie.CUT_OFF: _("cut off"),
    Tie.REPAIRED: _("cut off, and repaired"), Tie.FOCUSED: _("focused on"),
    Tie.CARETAKER: _("takes care of"), Tie.PHYSICAL_ABUSE: _("physical abuse"),
    Tie.EMOTIONAL_ABUSE: _("emotional abuse"), Tie.SEXUAL_ABUSE: _("sexual abuse"),
    Tie.SPIRITUAL: _("spiritual bond"),
}  # fmt: skip
HEALTH: Final = {
    ("substance", Mark.PRESENT): _("substance use"),
    ("substance", Mark.RECOVERY): _("substance use, in recovery"),
    ("substance", Mark.SUSPECTED): _("substance use, suspected"),
    ("illness", Mark.PRESENT): _("serious illness"),
    ("illness", Mark.RECOVERY): _("serious illness, recovered"),
    ("illness", Mark.SUSPECTED): _("serious illness, suspected"),
}  # fmt: skip
