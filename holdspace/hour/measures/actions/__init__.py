"""What can be done with measures: one verb for each change."""

from holdspace.hour.measures.actions.answering import (
    HandedOver,
    NotOffered,
    answer,
    decline,
    finish,
)
from holdspace.hour.measures.actions.batteries import (
    CannotDefine,
    define_battery,
    end_battery,
)
from holdspace.hour.measures.actions.exchanging import Exchanged, PinNeeded, TryLater, exchange
from holdspace.hour.measures.actions.flags import look, show_help
from holdspace.hour.measures.actions.giving import (
    CannotGive,
    Handing,
    give,
    give_what_is_due,
    withdraw,
)
from holdspace.hour.measures.actions.own import CannotWord, Worded, put_in_words
from holdspace.hour.measures.actions.paper import Copied, enter_paper
from holdspace.hour.measures.actions.reminding import remind
from holdspace.hour.measures.actions.ruling import (
    CannotRule,
    Ruling,
    add_offered_rules,
    add_rule,
    end_rule,
)
from holdspace.hour.measures.actions.showing import choose_showing
from holdspace.hour.measures.actions.tablet import hand_over, take_over

__all__ = [
    "CannotDefine",
    "CannotGive",
    "CannotRule",
    "CannotWord",
    "Copied",
    "Exchanged",
    "HandedOver",
    "Handing",
    "NotOffered",
    "PinNeeded",
    "Ruling",
    "TryLater",
    "Worded",
    "add_offered_rules",
    "add_rule",
    "answer",
    "choose_showing",
    "decline",
    "define_battery",
    "end_battery",
    "end_rule",
    "enter_paper",
    "exchange",
    "finish",
    "give",
    "give_what_is_due",
    "hand_over",
    "look",
    "put_in_words",
    "remind",
    "show_help",
    "take_over",
    "withdraw",
]
