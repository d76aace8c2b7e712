"""Writing the diary: planning, changing, and the hour itself."""

from holdspace.hour.encounters.actions.changing import cancel, move, restore, withdraw
from holdspace.hour.encounters.actions.diary import CannotPlan, Conflict, Slot
from holdspace.hour.encounters.actions.guests import add_guest, take_back_guest
from holdspace.hour.encounters.actions.hour import (
    CannotSplit,
    Presence,
    attend,
    attend_all,
    begin,
    change_part,
    end,
    extend,
    set_times,
    split,
)
from holdspace.hour.encounters.actions.planning import plan, plan_series
from holdspace.hour.encounters.actions.techniques import say_done

__all__ = [
    "CannotPlan",
    "CannotSplit",
    "Conflict",
    "Presence",
    "Slot",
    "add_guest",
    "attend",
    "attend_all",
    "begin",
    "cancel",
    "change_part",
    "end",
    "extend",
    "move",
    "plan",
    "plan_series",
    "restore",
    "say_done",
    "set_times",
    "split",
    "take_back_guest",
    "withdraw",
]
