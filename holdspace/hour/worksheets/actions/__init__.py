"""What can be done with sheets: one verb for each change."""

from holdspace.hour.worksheets.actions.handing import (
    CannotHand,
    Exchanged,
    Handing,
    exchange,
    hand,
    withdraw,
)
from holdspace.hour.worksheets.actions.moving import go_on, keep, lend, put_away, show, take_back
from holdspace.hour.worksheets.actions.writing import (
    CannotBegin,
    Written,
    begin,
    drop_row,
    raise_row,
    save,
)

__all__ = [
    "CannotBegin",
    "CannotHand",
    "Exchanged",
    "Handing",
    "Written",
    "begin",
    "drop_row",
    "exchange",
    "go_on",
    "hand",
    "keep",
    "lend",
    "put_away",
    "raise_row",
    "save",
    "show",
    "take_back",
    "withdraw",
]
