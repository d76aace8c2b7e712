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
from holdspace.frame.therapy.actions.safety import (
    add_line,
    add_to_safety,
    begin_crisis,
    calm,
    close_safety,
    finish_step,
    log_contact,
    open_safety,
    reopen_safety,
    set_step,
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
    "add_line",
    "add_participant",
    "add_therapist",
    "add_to_safety",
    "agree",
    "also_agrees",
    "begin",
    "begin_crisis",
    "calm",
    "choose",
    "close_safety",
    "end_fact",
    "end_participant",
    "end_stay",
    "end_therapist",
    "finish_step",
    "go_on",
    "log_contact",
    "move",
    "open_safety",
    "rename",
    "reopen_safety",
    "say_what_brings",
    "set_aims",
    "set_frame",
    "set_roster",
    "set_step",
    "state_fact",
]
