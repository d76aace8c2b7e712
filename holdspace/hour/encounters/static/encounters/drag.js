// Moves a session on the calendar: by pointer, or by Alt and an arrow key and then Enter.
// It only asks: the page it leads to says what would be moved, and does it on a POST.
import { attach, listen } from "../ui/js/attach.js";
import { say } from "../ui/js/say.js";

export const STEP = 15;
const ROW_MINUTES = 5;
const KEYS = { ArrowUp: [-STEP, 0], ArrowDown: [STEP, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

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

function start(week) {
  const rowHeight = parseFloat(getComputedStyle(week).getPropertyValue("--row")) || 5;
  const columns = [...week.querySelectorAll("[data-date]")];
  const columnOf = (date) => columns.find((one) => one.dataset.date === date);
  const home = (block) => block.closest("[data-date]");
  const isList = () => getComputedStyle(week).display !== "grid";
  let held = null;

  function show(block, date, clock) {
    Object.assign(block.dataset, { to: clock, on: date });
    block.querySelector(".num").textContent = clock;
    if (isList()) return;
    const across = columnOf(date).offsetLeft - home(block).offsetLeft;
    const down = (minutesBetween(block.dataset.at, clock) / ROW_MINUTES) * rowHeight;
    block.style.setProperty("translate", `${across}px ${down}px`);
  }
  function leave(block) {
    delete block.dataset.to;
    delete block.dataset.on;
    block.querySelector(".num").textContent = block.dataset.at;
    block.style.removeProperty("translate");
  }
  const ask = (block) => location.assign(askAt(block.dataset.move, block.dataset.on, block.dataset.to));

  const stops = [
    listen(week, "pointerdown", (event) => {
      const block = event.target.closest("[data-move]");
      if (block && event.button === 0 && event.pointerType !== "touch" && !isList()) held = { block, y: event.clientY };
    }),
    listen(globalThis, "pointermove", (event) => {
      if (!held) return;
      const { block } = held;
      const minutes = minutesOf(event.clientY - held.y, rowHeight);
      const under = columns.find((one) => event.clientX >= one.getBoundingClientRect().left && event.clientX < one.getBoundingClientRect().right);
      const date = (under ?? home(block)).dataset.date;
      if (!block.dataset.to && minutes === 0 && date === home(block).dataset.date) return;
      show(block, date, shifted(block.dataset.at, minutes));
    }),
    listen(globalThis, "pointerup", () => {
      if (held?.block.dataset.to) {
        held.block.addEventListener("click", (event) => event.preventDefault(), { once: true });
        ask(held.block);
      }
      held = null;
    }),
    listen(week, "keydown", (event) => {
      const block = event.target.closest("[data-move]");
      if (!block) return;
      const { to, on, at } = block.dataset;
      const [minutes, steps] = (event.altKey && KEYS[event.key]) || [];
      if (minutes !== undefined) {
        const dates = columns.map((one) => one.dataset.date);
        show(block, dayFrom(dates, on ?? home(block).dataset.date, steps), shifted(to ?? at, minutes));
        say(`${block.dataset.on} ${block.dataset.to}`);
      } else if (event.key === "Enter" && to) ask(block);
      else if (event.key === "Escape" && to) leave(block);
      else return;
      event.preventDefault();
    }),
    // A page that was left for the question, and come back to, shows what is.
    listen(globalThis, "pageshow", () => week.querySelectorAll("[data-to]").forEach(leave)),
  ];
  return () => stops.forEach((stop) => stop());
}

attach("[data-week]", start);
