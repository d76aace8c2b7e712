// The pure parts of the pages' small behaviours.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords } from "../../holdspace/cellar/ui/static/ui/js/ago.js";
import { heightFor } from "../../holdspace/cellar/ui/static/ui/js/autosize.js";
import { face, isWarm, untilNextMinute } from "../../holdspace/cellar/ui/static/ui/js/clock.js";
import { copied } from "../../holdspace/cellar/ui/static/ui/js/copy.js";
import { questionOf } from "../../holdspace/cellar/ui/static/ui/js/confirm.js";
import { keysAreOn, letterOf } from "../../holdspace/cellar/ui/static/ui/js/keys.js";
import { isPresent } from "../../holdspace/cellar/ui/static/ui/js/steps.js";
import { choose, chosen } from "../../holdspace/cellar/ui/static/ui/js/theme.js";
import { isVeiled, setVeil, titleFor } from "../../holdspace/cellar/ui/static/ui/js/veil.js";

class Store {
  kept = new Map();
  getItem(name) { return this.kept.get(name) ?? null; }
  setItem(name, value) { this.kept.set(name, value); }
  removeItem(name) { this.kept.delete(name); }
}
const page = (dataset = {}) => ({ dataset });
const noon = new Date("2026-11-23T12:00:00Z");
const before = (minutes) => new Date(noon - minutes * 60_000);

test("the veil is kept for the tab and lifted again", () => {
  const [html, store] = [page(), new Store()];
  setVeil(html, true, store);
  assert.ok(isVeiled(html));
  assert.equal(store.getItem("veiled"), "yes");
  setVeil(html, false, store);
  assert.ok(!isVeiled(html));
  assert.equal(store.getItem("veiled"), "no");
});

test("a store that refuses does not stop the veil", () => {
  const html = page();
  setVeil(html, true, { setItem() { throw new Error("full"); } });
  assert.ok(isVeiled(html));
});

test("a veiled tab has a plain title", () => {
  const html = page({ plainTitle: "Holdspace" });
  assert.equal(titleFor(html, true, "A. Person"), "Holdspace");
  assert.equal(titleFor(html, false, "A. Person"), "A. Person");
});

test("a theme is kept, and forgotten when the device decides", () => {
  const [html, store] = [page(), new Store()];
  choose(html, "dark", store);
  assert.equal(html.dataset.theme, "dark");
  assert.equal(chosen(store), "dark");
  choose(html, "auto", store);
  assert.equal(chosen(store), "auto");
  assert.ok(!("theme" in html.dataset));
});

test("a letter is a shortcut unless someone is writing", () => {
  const writing = { closest: () => ({}) };
  const reading = { closest: () => null };
  assert.equal(letterOf({ key: "V", target: reading }), "v");
  assert.equal(letterOf({ key: "v", target: writing }), null);
});

test("a letter with a modifier, a repeat or a longer key is no shortcut", () => {
  const target = { closest: () => null };
  for (const more of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }, { repeat: true }, { isComposing: true }, { defaultPrevented: true }, { key: "Enter" }]) {
    assert.equal(letterOf({ key: "v", target, ...more }), null);
  }
});

test("shortcuts are on until they are switched off", () => {
  const store = new Store();
  assert.ok(keysAreOn(store));
  store.setItem("keys", "off");
  assert.ok(!keysAreOn(store));
});

test("time is told in words up to a week away", () => {
  assert.equal(inWords(before(0.5), noon), "now");
  assert.equal(inWords(before(12), noon), "12 minutes ago");
  assert.equal(inWords(before(60), noon), "1 hour ago");
  assert.equal(inWords(before(-60 * 24), noon), "tomorrow");
  assert.equal(inWords(before(60 * 24 * 6), noon), "6 days ago");
  assert.equal(inWords(before(60 * 24 * 7), noon), null);
  assert.equal(inWords(before(12), noon, "es"), "hace 12 minutos");
});

test("the clock shows the hour of its own zone", () => {
  assert.equal(face(noon, "en", "Europe/London"), "12:00");
  assert.equal(face(noon, "en", "Asia/Kolkata"), "17:30");
  assert.equal(face(new Date("2026-11-23T00:05:00Z"), "en", "UTC"), "00:05");
});

test("the screen is warm in the last ten minutes and after", () => {
  const ends = new Date("2026-11-23T12:10:00Z");
  assert.ok(isWarm(noon, ends));
  assert.ok(!isWarm(before(1), ends));
  assert.ok(isWarm(noon, before(5)));
  assert.ok(!isWarm(noon, null));
  assert.ok(!isWarm(noon, new Date("no date")));
});

test("the clock wakes when the minute turns", () => {
  assert.equal(untilNextMinute(new Date("2026-11-23T12:00:59.500Z")), 500);
});

test("the button's question comes before the form's", () => {
  const form = { dataset: { confirm: "The form?" } };
  assert.equal(questionOf(form, { dataset: { confirm: "The button?" } }), "The button?");
  assert.equal(questionOf(form, null), "The form?");
  assert.equal(questionOf({ dataset: {} }, { dataset: {} }), null);
});

test("a textarea is as high as its words and its borders", () => {
  assert.equal(heightFor({ scrollHeight: 100, offsetHeight: 52, clientHeight: 50 }), "102px");
});

test("what stands in a field is copied, or marked where the browser forbids it", async () => {
  const board = [];
  const field = { value: "https://a.example/c/x", select() { board.push("marked"); } };
  assert.equal(await copied(field, { writeText: async (text) => { board.push(text); } }), true);
  assert.equal(await copied(field, { writeText: async () => { throw new Error("no"); } }), false);
  assert.equal(await copied(field, undefined), false); // a page that is not served safely
  assert.deepEqual(board, ["https://a.example/c/x", "marked", "marked"]);
});

test("a step is present from its beginning up to the next one's", () => {
  const [begins, ends] = [noon, new Date("2026-11-23T12:05:00Z")];
  assert.ok(isPresent(begins, begins, ends));
  assert.ok(!isPresent(ends, begins, ends));
  assert.ok(!isPresent(new Date("2026-11-23T11:59:59Z"), begins, ends));
});
