"""Lays a practice and prints, for each therapist, the addresses and cookies of a browser."""

import json
import sys
from typing import Any

import django
from django.utils.module_loading import import_string


def main() -> None:
    django.setup()
    lay, desk_of = (
        import_string("bench.measuring.lay_a_house"),
        import_string("bench.pages.desk_of"),
    )
    _seconds, seats = lay(int(sys.argv[1]))
    desks: list[dict[str, Any]] = [desk_of(seat) for seat in seats[: int(sys.argv[2])]]
    json.dump(desks, sys.stdout)


if __name__ == "__main__":
    main()
