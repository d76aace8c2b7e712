import assert from "node:assert/strict";
import test from "node:test";

import { askAt, dayFrom, minutesBetween, minutesOf, shifted } from "../../holdspace/hour/encounters/static/encounters/shift.js";

test("a time moves by steps and stays within its day", () => {
  assert.equal(shifted("10:00", 15), "10:15");
  assert.equal(shifted("00:10", -30), "00:00");
  assert.equal(shifted("23:50", 60), "23:45");
});

test("a distance is rounded to a quarter of an hour", () => {
  assert.equal(minutesOf(16, 5), 15);
  assert.equal(minutesOf(-29, 5), -30);
  assert.equal(minutesOf(4, 5), 0);
});

test("the page that is asked carries the day and the time", () => {
  assert.equal(askAt("/sessions/x/move/", "2026-03-02", "10:15"), "/sessions/x/move/?on=2026-03-02&clock=10%3A15");
});

test("a day moves by columns and stays on the page", () => {
  const dates = ["2026-03-02", "2026-03-03"];
  assert.equal(dayFrom(dates, "2026-03-02", 1), "2026-03-03");
  assert.equal(dayFrom(dates, "2026-03-03", 1), "2026-03-03");
  assert.equal(dayFrom(dates, "2026-03-02", -1), "2026-03-02");
});

test("the way between two times is counted in minutes", () => {
  assert.equal(minutesBetween("09:50", "10:05"), 15);
  assert.equal(minutesBetween("10:00", "09:30"), -30);
});
