// How often what is typed is kept here and sent away.
export const QUIET = 1_000;
export const LONGEST = 2_000;
export const KEEP_EVERY = 300;
const SLOWEST = 30_000;

// Milliseconds until the next save: a second after the last key, two after the first unsaved one.
export function delayFor(now, firstAt) {
  return Math.max(0, Math.min(QUIET, firstAt + LONGEST - now));
}

// Milliseconds until the next try, longer each time.
export function patience(tries) {
  return Math.min(SLOWEST, LONGEST * 2 ** tries);
}

// Acts at once, then at most once in every gap, and once more at its end where more was asked.
export function throttled(act, gap, wait = (run, ms) => setTimeout(run, ms)) {
  let resting = false;
  let asked = false;
  const run = () => {
    if (resting) {
      asked = true;
      return;
    }
    resting = true;
    asked = false;
    act();
    wait(() => {
      resting = false;
      if (asked) run();
    }, gap);
  };
  return run;
}
