"""Changing therapies: beginning, who takes part and who works in them, what is agreed."""

from holdspace.frame.therapy.actions.agreement import (
    choose,
    move,
    rename,
    say_what_brings,
    set_aims,
    set_frame,
)
from holdspace.frame.therapy.actions.beginning import begin
from holdspace.frame.therapy.actions.facts import end_fact, state_fact
from holdspace.frame.therapy.actions.people import (
    add_participant,
    add_therapist,
    end_participant,
    end_therapist,
)
from holdspace.frame.therapy.actions.units import (
    add_home,
    agree,
    also_agrees,
    end_stay,
    go_on,
    set_roster,
)

__all__ = [
    "add_home",
    "add_participant",
    "add_therapist",
    "agree",
    "also_agrees",
    "begin",
    "choose",
    "end_fact",
    "end_participant",
    "end_stay",
    "end_therapist",
    "go_on",
    "move",
    "rename",
    "say_what_brings",
    "set_aims",
    "set_frame",
    "set_roster",
    "state_fact",
]
