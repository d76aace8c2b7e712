"""Changing the practice: founding it, who works in it, what it chose, where it is."""

from holdspace.frame.practice.actions.choices import (
    Choices,
    Founding,
    configure,
    confirm_crisis_help,
    found_practice,
    withdraw_crisis_help,
)
from holdspace.frame.practice.actions.members import (
    accept,
    end_membership,
    invite,
    set_roles,
    withdraw,
)
from holdspace.frame.practice.actions.mine import (
    Myself,
    check_pin,
    describe_myself,
    revoke_session,
    set_pin,
)
from holdspace.frame.practice.actions.places import add_room, add_site, close_room
from holdspace.frame.practice.actions.refusals import (
    CannotChoose,
    CannotInvite,
    LastOwner,
    NoPinYet,
    PinMustWait,
    WrongPin,
)

__all__ = [
    "CannotChoose", "CannotInvite", "Choices", "Founding", "LastOwner", "Myself", "NoPinYet",
    "PinMustWait", "WrongPin", "accept", "add_room", "add_site", "check_pin", "close_room",
    "configure", "confirm_crisis_help", "describe_myself", "end_membership", "found_practice",
    "invite", "revoke_session", "set_pin", "set_roles", "withdraw",
    "withdraw_crisis_help",
]  # fmt: skip
