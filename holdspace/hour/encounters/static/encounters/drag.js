// Moves a session on the calendar: by pointer, or by Alt and an arrow key and then Enter.
// It only asks: the page it leads to says what would be moved, and does it on a POST.
import { attach, listen } from "../ui/js/attach.js";
import { say } from "../ui/js/say.js";
import { askAt, dayFrom, minutesBetween, minutesOf, ROW_MINUTES, shifted, STEP } from "./shift.js";

const KEYS = { ArrowUp: [-STEP, 0], ArrowDown: [STEP, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

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
