"""What the practice refuses, each as the sentence that is shown."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.frame.practice import rules


class CannotChoose(Exception):
    """A choice that the practice cannot make, in a sentence."""


class CannotInvite(Exception):
    """Why this person cannot be invited, in a sentence."""


class LastOwner(Exception):
    """A practice without an owner could not be governed."""

    def __init__(self) -> None:
        super().__init__(_("A practice needs an owner. Make somebody else an owner first."))


class NoPinYet(Exception):
    """A screen is only turned to the client where a PIN leads back."""

    def __init__(self) -> None:
        super().__init__(_("Choose a PIN first: it brings you back from the shared screen."))


class WrongPin(Exception):
    """Not the PIN; says how many tries are left."""

    def __init__(self, left: int) -> None:
        said = ngettext(
            "That is not your PIN. %(left)d try is left.",
            "That is not your PIN. %(left)d tries are left.",
            left,
        )
        super().__init__(said % {"left": left} if left else _wait_a_while())
        self.left = left


class PinMustWait(WrongPin):
    """Too many wrong tries; the next one counts only later."""

    def __init__(self) -> None:
        super().__init__(0)


def _wait_a_while() -> str:
    minutes = int(rules.PIN_WAIT.total_seconds() // 60)
    said = _("Too many wrong tries. Wait %(minutes)d minutes, or sign out and in again.")
    return said % {"minutes": minutes}
