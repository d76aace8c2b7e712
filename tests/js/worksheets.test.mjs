// The pure parts of filling in a sheet: what a control holds, names of rows, what is sent and answered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf, put, said } from "../../holdspace/hour/worksheets/static/worksheets/places.js";
import { freshName } from "../../holdspace/hour/worksheets/static/worksheets/rows.js";
import { ask, send } from "../../holdspace/hour/worksheets/static/worksheets/sending.js";

const form = (...elements) => ({ elements: elements.map((one) => ({ name: `sheet-${one.path}`, ...one })) });

test("a control that is no place of the sheet has no path", () => {
  assert.equal(nameOf({ name: "sheet-steps.a.situation" }), "steps.a.situation");
  assert.equal(nameOf({ name: "base" }), "");
  assert.equal(nameOf({}), "");
});

test("what is typed, chosen or ticked is said, and put back", () => {
  const line = form({ path: "aim", type: "text", value: "go out" });
  assert.equal(said(line, "aim"), "go out");
  put(line, "aim", "stay");
  assert.equal(line.elements[0].value, "stay");
  const choice = form({ path: "x", type: "radio", value: "1", checked: false }, { path: "x", type: "radio", value: "2", checked: true });
  assert.equal(said(choice, "x"), "2");
  put(choice, "x", "1");
  assert.equal(said(choice, "x"), "1");
  const boxes = form({ path: "y", type: "checkbox", value: "tea", checked: true }, { path: "y", type: "checkbox", value: "walk", checked: false });
  assert.deepEqual(said(boxes, "y"), ["tea"]);
  put(boxes, "y", "");
  assert.deepEqual(said(boxes, "y"), []);
  assert.equal(said(form(), "z"), "");
});

test("a new row has a name that the server takes", () => {
  assert.match(freshName((bytes) => bytes.fill(255)), /^r[0-9a-f]{12}$/);
});

const answers = (status, body) => async () => ({
  status, ok: status < 400, headers: { get: () => "application/json" }, json: async () => body,
});

test("what came of a save is answered in one word, also without a network", async () => {
  assert.deepEqual(await send("/", {}, { fetch: answers(200, { version: 2 }) }), { version: 2, kind: "" });
  assert.equal((await send("/", {}, { fetch: answers(423, {}) })).kind, "locked");
  assert.equal((await send("/", {}, { fetch: async () => { throw new Error("no line"); } })).kind, "offline");
});

test("news that cannot be had are none", async () => {
  assert.deepEqual(await ask("/", answers(200, { version: 1 })), { version: 1 });
  assert.equal(await ask("/", answers(404, {})), null);
  assert.equal(await ask("/", async () => { throw new Error("no line"); }), null);
});
