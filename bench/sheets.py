"""What scoring a million answer sheets at once costs: python -m bench.sheets."""

from time import perf_counter, process_time

import numpy as np
from numpy.typing import ArrayLike

from holdspace.hour.measures.instruments import load
from holdspace.hour.measures.sheets import score_sheets

SHEETS = 1_000_000
ROUNDS = 5


def main() -> None:
    """Print the best of a few rounds, in seconds of the clock and of the processor."""
    instrument = load("phq9")
    chance = np.random.default_rng(9)
    answers = chance.integers(0, 4, (SHEETS, len(instrument.items)))
    with_gaps = np.where(chance.random(answers.shape) < 0.05, np.nan, answers)
    for name, sheets in (("whole", answers), ("one answer in twenty missing", with_gaps)):
        clock, processor = min(_once(instrument.id, sheets) for _ in range(ROUNDS))
        print(f"{SHEETS:,} PHQ-9 sheets, {name}: {clock:.2f} s, {processor:.2f} s of processor")


def _once(name: str, sheets: ArrayLike) -> tuple[float, float]:
    clock, processor = perf_counter(), process_time()
    score_sheets(load(name), sheets)
    return perf_counter() - clock, process_time() - processor


if __name__ == "__main__":
    main()
