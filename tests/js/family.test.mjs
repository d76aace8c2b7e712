import assert from "node:assert/strict";
import { test } from "node:test";
import { ADDS, away, nearest, STEPS } from "../../holdspace/hour/worksheets/static/worksheets/family_ways.js";

const FAMILY = [
  { id: "dad", x: 0, y: 0 }, { id: "mum", x: 120, y: 0 },
  { id: "eva", x: 20, y: 140 }, { id: "jan", x: 100, y: 140 },
];
const from = (id) => FAMILY.find((one) => one.id === id);

test("arrows to the side stay in the row", () => {
  assert.equal(nearest(from("dad"), FAMILY, "ArrowRight"), "mum");
  assert.equal(nearest(from("jan"), FAMILY, "ArrowLeft"), "eva");
  assert.equal(nearest(from("mum"), FAMILY, "ArrowRight"), null);
});

test("arrows up and down go to the nearest of the next row", () => {
  assert.equal(nearest(from("mum"), FAMILY, "ArrowDown"), "jan");
  assert.equal(nearest(from("eva"), FAMILY, "ArrowUp"), "dad");
  assert.equal(nearest(from("eva"), FAMILY, "ArrowDown"), null);
});

test("every arrow has a step and every letter adds somebody", () => {
  assert.deepEqual(Object.keys(STEPS).sort(), ["ArrowDown", "ArrowLeft", "ArrowRight", "ArrowUp"]);
  assert.deepEqual(Object.values(ADDS).sort(), ["child", "parent", "partner", "sibling"]);
});

test("what was dragged is told in whole units", () => {
  assert.deepEqual(away({ x: 10, y: 10 }, { clientX: 30.4, clientY: 5.2 }), [20, -5]);
});
