import assert from "node:assert/strict";
import test from "node:test";

import { askAt, minutesOf, shifted } from "../../holdspace/hour/encounters/static/encounters/drag.js";

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
  assert.equal(askAt("/sessions/x/move/", "2026-03-02", "10:15"), "/sessions/x/move/?date=2026-03-02&time=10%3A15");
});
