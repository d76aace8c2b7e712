// The pure parts of writing a note: pace, local drafts sealed and opened, what to do with those left.
import assert from "node:assert/strict";
import { test } from "node:test";
import { webcrypto } from "node:crypto";
import { sort } from "../../holdspace/hour/notes/static/notes/conflict.js";
import { inLocalStorage, keyFrom, open, openStore, seal } from "../../holdspace/hour/notes/static/notes/drafts.js";
import { delayFor, patience, throttled } from "../../holdspace/hour/notes/static/notes/pace.js";
import { askKey, cookie, fitsWhenLeaving, kindOf, send } from "../../holdspace/hour/notes/static/notes/saving.js";
import { openTabs, tabName } from "../../holdspace/hour/notes/static/notes/tab.js";
import { same } from "../../holdspace/hour/notes/static/notes/words.js";

globalThis.crypto ??= webcrypto;
const KEY = Buffer.alloc(32, 7).toString("base64");
const draft = (more = {}) => ({ note: "n", tab: "t", base: 3, at: 1, content: { thread: "quetzal" }, ...more });

class Storage {
  kept = new Map();
  get length() { return this.kept.size; }
  key(index) { return [...this.kept.keys()][index]; }
  getItem(name) { return this.kept.get(name) ?? null; }
  setItem(name, value) { this.kept.set(name, value); }
  removeItem(name) { this.kept.delete(name); }
}

class Locks {
  held = new Map();
  async request(name, _how, act) {
    if (this.held.has(name)) return act(null);
    this.held.set(name, { name });
    return act({ name });
  }
  async query() { return { held: [...this.held.values()] }; }
}

test("a save waits a second after the last key, two at most after the first", () => {
  assert.equal(delayFor(0, 0), 1000);
  assert.equal(delayFor(1500, 0), 500);
  assert.equal(delayFor(9000, 0), 0);
});

test("tries are spaced out, up to half a minute", () => {
  assert.deepEqual([0, 1, 2, 10].map(patience), [2000, 4000, 8000, 30000]);
});

test("what is typed is kept at once, then once in every gap, and never forgotten at its end", () => {
  let acts = 0;
  const gaps = [];
  const keep = throttled(() => { acts += 1; }, 300, (run) => gaps.push(run));
  keep(); keep(); keep();
  assert.equal(acts, 1);
  gaps.shift()();
  assert.equal(acts, 2);
  gaps.shift()();
  assert.equal(acts, 2);
  keep();
  assert.equal(acts, 3);
});

test("a draft that was sealed opens again under the same key", async () => {
  const key = await keyFrom(KEY);
  const sealed = await seal(key, draft());
  assert.equal((await open(key, sealed)).content.thread, "quetzal");
  assert.ok(!JSON.stringify(sealed).includes("quetzal"));
  assert.ok(!("content" in sealed));
});

test("a draft opens under no other key, and at no other note, tab or version", async () => {
  const key = await keyFrom(KEY);
  const other = await keyFrom(Buffer.alloc(32, 8).toString("base64"));
  const sealed = await seal(key, draft());
  assert.equal(await open(other, sealed), null);
  for (const moved of [{ note: "m" }, { tab: "u" }, { base: 4 }]) {
    assert.equal(await open(key, { ...sealed, ...moved }), null);
  }
});

test("the key cannot be read out again", async () => {
  const key = await keyFrom(KEY);
  await assert.rejects(crypto.subtle.exportKey("raw", key));
});

test("without a database drafts are kept in the other store, still sealed", async () => {
  const storage = new Storage();
  const store = await openStore(undefined, storage);
  await store.put(await seal(await keyFrom(KEY), draft()));
  assert.equal((await store.of("n")).length, 1);
  assert.deepEqual(await store.of("m"), []);
  assert.ok(![...storage.kept.values()].join().includes("quetzal"));
  await inLocalStorage(storage).remove("n/t");
  assert.equal(storage.length, 0);
});

test("drafts that say what the page says are forgotten, the newest other is shown, older ones sent", () => {
  const shown = { thread: "a" };
  const left = [draft({ at: 3, tab: "3" }), draft({ at: 2, tab: "2" }), draft({ at: 1, tab: "1", content: shown })];
  const { forget, send: older, show } = sort(left, new Set(), shown);
  assert.deepEqual(forget.map((one) => one.tab), ["1"]);
  assert.deepEqual(older.map((one) => one.tab), ["2"]);
  assert.equal(show.tab, "3");
});

test("a draft of a tab that is still open is left to it", () => {
  assert.deepEqual(sort([draft()], new Set(["t"]), {}), { forget: [], send: [], show: null });
});

test("line ends make no difference between words", () => {
  assert.ok(same({ thread: "a\r\nb" }, { thread: "a\nb" }));
  assert.ok(!same({ thread: "a" }, { thread: "b" }));
});

test("a copied tab takes a name of its own", async () => {
  const locks = new Locks();
  const [first, copied] = [new Storage(), new Storage()];
  const name = await tabName(first, locks, () => "one");
  copied.setItem("tab", name);
  assert.equal(await tabName(copied, locks, () => "two"), "two");
  assert.deepEqual(await openTabs(locks), new Set(["one", "two"]));
});

test("a reloaded tab keeps its name, and without locks every page is a tab", async () => {
  const store = new Storage();
  store.setItem("tab", "kept");
  assert.equal(await tabName(store, new Locks(), () => "new"), "kept");
  assert.equal(await tabName(store, undefined, () => "new"), "new");
  assert.deepEqual(await openTabs(undefined), new Set());
});

test("an answer says in a word what came of a save", () => {
  const kinds = [200, 401, 404, 409, 413, 422, 423, 500].map(kindOf);
  assert.deepEqual(kinds, ["saved", "signed out", "away", "elsewhere", "refused", "refused", "locked", "offline"]);
});

test("a save never throws, and says offline without a connection", async () => {
  const refuse = async () => { throw new TypeError("no network"); };
  assert.equal((await send("/", {}, { token: "x", fetch: refuse })).kind, "offline");
  assert.equal((await askKey("/", refuse)).kind, "offline");
});

test("what is too long to be sent from a page that has gone is not tried", async () => {
  const never = () => assert.fail("sent");
  assert.ok(!fitsWhenLeaving("x".repeat(60_000)));
  assert.equal((await send("/", { thread: "x".repeat(60_000) }, { token: "x", leaving: true, fetch: never })).kind, "offline");
});

test("a save carries its token, and what the server says comes back", async () => {
  const answer = { status: 200, headers: new Headers({ "Content-Type": "application/json" }), json: async () => ({ version: 4 }) };
  let sent;
  const got = await send("/save", { thread: "a" }, { token: "secret", fetch: async (_at, how) => { sent = how; return answer; } });
  assert.deepEqual(got, { version: 4, kind: "saved" });
  assert.equal(sent.headers["X-CSRFToken"], "secret");
});

test("the token is found among cookies", () => {
  assert.equal(cookie("csrf", "a=1; csrf=x%3D; b=2"), "x=");
  assert.equal(cookie("none", "a=1"), "");
});
