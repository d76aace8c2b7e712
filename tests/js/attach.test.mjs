// A behaviour starts once on each element and stops when the element has left.
import assert from "node:assert/strict";
import { test } from "node:test";
import { attach, listen, refresh } from "../../holdspace/cellar/ui/static/ui/js/attach.js";

const element = () => ({ isConnected: true });
const pageOf = (elements) => ({ querySelectorAll: () => elements });

test("a behaviour starts once on each element", () => {
  const started = [];
  const [one, two] = [element(), element()];
  const behaviour = { selector: "[data-x]", start: (el) => void started.push(el), running: new Map() };
  refresh(behaviour, pageOf([one]));
  refresh(behaviour, pageOf([one, two]));
  assert.deepEqual(started, [one, two]);
});

test("a behaviour stops when its element has left", () => {
  let stopped = 0;
  const one = element();
  const behaviour = { selector: "[data-x]", start: () => () => { stopped += 1; }, running: new Map() };
  refresh(behaviour, pageOf([one]));
  one.isConnected = false;
  refresh(behaviour, pageOf([]));
  assert.equal(stopped, 1);
  assert.equal(behaviour.running.size, 0);
});

test("without a page nothing is attached", () => {
  assert.doesNotThrow(() => attach("[data-x]", () => assert.fail("started without a page")));
});

test("a listener can be taken away again", () => {
  const target = new EventTarget();
  let heard = 0;
  const stop = listen(target, "click", () => { heard += 1; });
  target.dispatchEvent(new Event("click"));
  stop();
  target.dispatchEvent(new Event("click"));
  assert.equal(heard, 1);
});
