// A client's answers without network: queued, sealed, sent once; and which voice reads them aloud.
import assert from "node:assert/strict";
import { test } from "node:test";
import { webcrypto } from "node:crypto";
import { Queue, post } from "../../holdspace/front/portal/static/portal/queue.js";
import * as drafts from "../../holdspace/hour/notes/static/notes/drafts.js";
import { voiceFor, wordsOf } from "../../holdspace/front/portal/static/portal/speak.js";

globalThis.crypto ??= webcrypto;
const KEY = Buffer.alloc(32, 7).toString("base64");

class Store {
  kept = new Map();
  async put(sealed) { this.kept.set(sealed.id, sealed); }
  async remove(id) { this.kept.delete(id); }
  async of(note) { return [...this.kept.values()].filter((one) => one.note === note); }
}

const a = (store) => new Queue("g", { ...drafts, openStore: async () => store });
const json = (body, status = 200) => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

test("what waits is sent in order, each once, and the last says where to go", async () => {
  const queue = a(new Store());
  const sent = [];
  await queue.put("/1", "answer=1");
  await queue.put("/2", "answer=2");
  await queue.put("/1", "answer=3");
  const to = (href, body) => { sent.push([href, body]); return { next: `${href}/next`, isCare: false }; };
  const [next, same] = await Promise.all([queue.send(to), queue.send(to)]);
  assert.deepEqual(sent, [["/2", "answer=2"], ["/1", "answer=3"]]);
  assert.deepEqual([next, same], ["/1/next", "/1/next"]);
  assert.equal(await queue.send(to), "");
});

test("while the network is away everything stays", async () => {
  const queue = a(new Store());
  await queue.put("/1", "answer=1");
  assert.equal(await queue.send(async () => null), null);
  assert.equal(queue.waiting.size, 1);
});

test("an answer that is changed while it is sent is sent anew", async () => {
  const queue = a(new Store());
  const sent = [];
  await queue.put("/1", "answer=1");
  await queue.send(async (href, body) => {
    sent.push(body);
    if (sent.length === 1) await queue.put("/1", "answer=2");
    return { next: "/2", isCare: false };
  });
  assert.deepEqual(sent, ["answer=1", "answer=2"]);
});

test("an answer about not being safe leads to help, whatever was sent after it", async () => {
  const queue = a(new Store());
  await queue.put("/9", "answer=3");
  await queue.put("/10", "answer=0");
  const next = await queue.send((href) => ({ next: href === "/9" ? "/9/care/" : "/review", isCare: href === "/9" }));
  assert.equal(next, "/9/care/");
});

test("nothing is kept at rest without a key, and nothing in clear with one", async () => {
  const store = new Store();
  const bare = a(store);
  assert.equal(await bare.put("/1", "answer=1"), false);
  assert.equal(store.kept.size, 0);
  const queue = a(store);
  await queue.unlock("");
  assert.equal(queue.key, null);
  await queue.unlock(KEY);
  assert.equal(await queue.put("/1", "answer=quetzal"), true);
  assert.equal(JSON.stringify([...store.kept.values()]).includes("quetzal"), false);
});

test("what a closed page left is sent by the next one, and forgotten then", async () => {
  const store = new Store();
  const closed = a(store);
  await closed.unlock(KEY);
  await closed.put("/1", "answer=1");
  await closed.put("/2", "answer=2");
  const queue = a(store);
  await queue.put("/2", "answer=3");
  await queue.unlock(KEY);
  assert.deepEqual([...queue.waiting], [["/2", "answer=3"], ["/1", "answer=1"]]);
  await queue.send(async () => ({ next: "/3", isCare: false }));
  assert.equal(store.kept.size, 0);
});

test("a key that is another's opens nothing, and a store that refuses keeps nothing", async () => {
  const store = new Store();
  const closed = a(store);
  await closed.unlock(KEY);
  await closed.put("/1", "answer=1");
  const other = a(store);
  await other.unlock(Buffer.alloc(32, 8).toString("base64"));
  assert.equal(other.waiting.size, 0);
  store.put = async () => { throw new Error("full"); };
  assert.equal(await other.put("/1", "answer=1"), false);
});

test("a reply says where to go; a refusal leads to the question; no reply is none", async () => {
  assert.deepEqual(await post("/1", "answer=1", async () => json({ next: "/2" })), { next: "/2", isCare: false });
  assert.deepEqual(await post("/1", "a=1", async () => json({ next: "/1/care/" })), { next: "/1/care/", isCare: true });
  assert.deepEqual(await post("/1", "a=1", async () => new Response("", { status: 422 })), { next: "/1", isCare: false });
  assert.equal(await post("/1", "a=1", async () => new Response("", { status: 502 })), null);
  assert.equal(await post("/1", "a=1", async () => { throw new TypeError("away"); }), null);
});

test("only a voice of this device and of the language reads aloud", () => {
  const voices = [
    { lang: "de-DE", localService: false }, { lang: "de_AT", localService: true }, { lang: "en-GB", localService: true },
  ];
  assert.equal(voiceFor("de", voices), voices[1]);
  assert.equal(voiceFor("en", voices), voices[2]);
  assert.equal(voiceFor("es", voices), undefined);
});

test("a question is read with its answers", () => {
  const parts = [{ textContent: " How\n are you? " }, { textContent: "Well" }];
  assert.equal(wordsOf({ querySelectorAll: () => parts }), "How are you?. Well");
});
