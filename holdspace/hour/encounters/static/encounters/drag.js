// Moves a session on the calendar: by pointer, or by Alt and an arrow key and then Enter.
// It only asks: the page it leads to says what would be moved, and does it on a POST.

export const STEP = 15;
const ROW_MINUTES = 5;

/** A clock time some minutes later, within its day. */
export function shifted(clock, minutes) {
  const [hour, minute] = clock.split(":").map(Number);
  const total = Math.min(24 * 60 - STEP, Math.max(0, hour * 60 + minute + minutes));
  const pad = (number) => String(number).padStart(2, "0");
  return `${pad(Math.floor(total / 60))}:${pad(total % 60)}`;
}

/** How many minutes a distance on the page stands for, in steps. */
export function minutesOf(pixels, rowHeight) {
  return Math.round(((pixels / rowHeight) * ROW_MINUTES) / STEP) * STEP;
}

/** The address of the page that asks whether to move it there. */
export function askAt(address, date, clock) {
  return `${address}?${new URLSearchParams({ date, time: clock })}`;
}

function start(week) {
  const rowHeight = parseFloat(getComputedStyle(week).getPropertyValue("--row")) || 5;
  let held = null;
  const label = (block) => block.querySelector(".num");
  const dateOf = (block) => block.closest("[data-date]").dataset.date;

  function show(block, clock) {
    block.dataset.to = clock;
    label(block).textContent = clock;
  }

  week.addEventListener("pointerdown", (event) => {
    const block = event.target.closest("[data-move]");
    if (block && event.button === 0) held = { block, y: event.clientY, moved: false, date: dateOf(block) };
  });
  week.addEventListener("pointermove", (event) => {
    if (!held) return;
    const minutes = minutesOf(event.clientY - held.y, rowHeight);
    const column = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-date]");
    if (column) held.date = column.dataset.date;
    if (!held.moved && minutes === 0 && held.date === dateOf(held.block)) return;
    held.moved = true;
    held.block.style.setProperty("translate", `0 ${(minutes / ROW_MINUTES) * rowHeight}px`);
    show(held.block, shifted(held.block.dataset.at, minutes));
  });
  window.addEventListener("pointerup", () => {
    if (held?.moved) {
      const { block, date } = held;
      block.addEventListener("click", (event) => event.preventDefault(), { once: true });
      location.assign(askAt(block.dataset.move, date, block.dataset.to));
    }
    held = null;
  });
  week.addEventListener("keydown", (event) => {
    const block = event.target.closest("[data-move]");
    if (!block) return;
    const by = { ArrowUp: -STEP, ArrowDown: STEP }[event.key];
    if (event.altKey && by) {
      event.preventDefault();
      show(block, shifted(block.dataset.to || block.dataset.at, by));
    } else if (event.key === "Enter" && block.dataset.to) {
      event.preventDefault();
      location.assign(askAt(block.dataset.move, dateOf(block), block.dataset.to));
    } else if (event.key === "Escape" && block.dataset.to) {
      delete block.dataset.to;
      label(block).textContent = block.dataset.at;
    }
  });
}

if (typeof document !== "undefined") document.querySelectorAll("[data-week]").forEach(start);
