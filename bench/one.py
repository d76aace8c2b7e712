"""One size in a process of its own: its settings name a folder that no other size has seen."""

import argparse
import json
import sys

import django
from django.utils.module_loading import import_string


def main() -> None:
    given = argparse.ArgumentParser(prog="python -m bench.one")
    given.add_argument("clients", type=int)
    given.add_argument("requests", type=int)
    given.add_argument("--profile", action="store_true")
    given.add_argument("--bare", action="store_true")
    asked = given.parse_args()
    django.setup()
    measure = import_string("bench.measuring.measure")  # rows cannot be imported before setup
    found = measure(asked.clients, asked.requests, profiles=asked.profile, is_bare=asked.bare)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
