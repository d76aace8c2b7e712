// Where a session that is moved on the calendar would lie.
export const STEP = 15;
export const ROW_MINUTES = 5;

// A clock time some minutes later, within its day.
export function shifted(clock, minutes) {
  const [hour, minute] = clock.split(":").map(Number);
  const total = Math.min(24 * 60 - STEP, Math.max(0, hour * 60 + minute + minutes));
  const pad = (number) => String(number).padStart(2, "0");
  return `${pad(Math.floor(total / 60))}:${pad(total % 60)}`;
}

// How many minutes a distance on the page stands for, in steps.
export function minutesOf(pixels, rowHeight) {
  return Math.round(((pixels / rowHeight) * ROW_MINUTES) / STEP) * STEP;
}

// The address of the page that asks whether to move it there.
export function askAt(address, date, clock) {
  return `${address}?${new URLSearchParams({ on: date, clock })}`;
}

// The day some columns on, within what the page shows.
export function dayFrom(dates, date, steps) {
  const at = dates.indexOf(date) + steps;
  return dates[Math.min(dates.length - 1, Math.max(0, at))];
}

export function minutesBetween(from, to) {
  const since = (clock) => clock.split(":").reduce((hour, minute) => hour * 60 + Number(minute), 0);
  return since(to) - since(from);
}
