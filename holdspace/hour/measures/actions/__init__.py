"""What can be done with measures: one verb for each change."""

from holdspace.hour.measures.actions.answering import (
    HandedOver,
    NotOffered,
    answer,
    decline,
    finish,
)
from holdspace.hour.measures.actions.exchanging import Exchanged, PinNeeded, TryLater, exchange
from holdspace.hour.measures.actions.files import CannotLoad, load_file, take_away
from holdspace.hour.measures.actions.flags import look, show_help
from holdspace.hour.measures.actions.giving import (
    CannotGive,
    Handing,
    give,
    give_what_is_due,
    withdraw,
)
from holdspace.hour.measures.actions.paper import Copied, enter_paper
from holdspace.hour.measures.actions.ruling import CannotRule, Ruling, add_rule, end_rule

__all__ = [
    "CannotGive",
    "CannotLoad",
    "CannotRule",
    "Copied",
    "Exchanged",
    "HandedOver",
    "Handing",
    "NotOffered",
    "PinNeeded",
    "Ruling",
    "TryLater",
    "add_rule",
    "answer",
    "decline",
    "end_rule",
    "enter_paper",
    "exchange",
    "finish",
    "give",
    "give_what_is_due",
    "load_file",
    "look",
    "show_help",
    "take_away",
    "withdraw",
]
