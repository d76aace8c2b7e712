"""How long it takes to lay out each form of the library: `python -m bench.forms`.

Processor time of one render, the least of ten, without the database and without the page around
it; the budget is 50 ms for opening any form.
"""

import os
import time

import django

BUDGET_MS = 50
TIMES = 10


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    found = sorted(((_least(name), name) for name in _names()), reverse=True)
    for took, name in found[:5]:
        print(f"{took:6.1f} ms  {name}")
    kept = "kept" if found[0][0] <= BUDGET_MS else "NOT KEPT"
    print(f"{len(found)} forms, budget {BUDGET_MS} ms: {kept}")


def _names() -> list[str]:
    from holdspace.hour.worksheets.library import library  # noqa: PLC0415 -- Django is set up first

    return list(library())


def _least(name: str) -> float:
    from django.template.loader import render_to_string  # noqa: PLC0415

    from holdspace.hour.worksheets import asking, pages  # noqa: PLC0415
    from holdspace.hour.worksheets.forms import SheetForm  # noqa: PLC0415
    from holdspace.hour.worksheets.library import current  # noqa: PLC0415

    def once() -> float:
        began = time.process_time()
        form = SheetForm(current(name), {}, "en")
        page = pages.as_read(current(name), {}, "en")
        parts = asking.as_asked(form, {})
        context = {"form": form, "parts": parts, "page": page, "version": 0, "csrf_token": "x"}
        render_to_string("worksheets/filling.html", context)
        return (time.process_time() - began) * 1000

    return min(once() for _ in range(TIMES))


if __name__ == "__main__":
    main()
