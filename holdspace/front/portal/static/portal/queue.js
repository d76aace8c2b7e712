// Answers that the server does not have yet: in memory, and sealed in this browser where it may keep them.
const TAB = "answers";

export class Queue {
  waiting = new Map(); // the address of a question, and what was answered there last
  key = null;
  sending = null;

  // `drafts` seals, opens and stores, as the notes' local drafts do.
  constructor(giving, drafts) { Object.assign(this, { giving, drafts, store: drafts.openStore() }); }

  // With the key as the server gives it: what an earlier page left unsent comes first.
  async unlock(base64) {
    if (!base64 || !globalThis.crypto?.subtle) return;
    this.key = await this.drafts.keyFrom(base64);
    const sealed = await (await this.store).of(this.giving);
    for (const draft of await Promise.all(sealed.map((one) => this.drafts.open(this.key, one)))) {
      for (const [href, body] of draft?.content ?? []) {
        if (!this.waiting.has(href)) this.waiting.set(href, body);
      }
    }
  }

  // Answers whether it is also kept where a closed page does not lose it.
  async put(href, body) {
    this.waiting.delete(href);
    this.waiting.set(href, body);
    return this.keep();
  }

  async keep() {
    try {
      const store = await this.store;
      if (!this.waiting.size) await store.remove(`${this.giving}/${TAB}`);
      else if (this.key) await store.put(await this.drafts.seal(this.key, { note: this.giving, tab: TAB, base: 0, content: [...this.waiting] }));
      return Boolean(this.key);
    } catch {
      return false;
    }
  }

  // Sends what waits, one after the other, and each once; answers where the server leads, or null while it is away.
  send(post) {
    this.sending ??= this.sendAll(post).finally(() => { this.sending = null; });
    return this.sending;
  }

  async sendAll(post) {
    let next = "";
    let care = "";
    while (this.waiting.size) {
      const [href, body] = this.waiting.entries().next().value;
      const answer = await post(href, body);
      if (!answer) return null;
      if (this.waiting.get(href) === body) this.waiting.delete(href);
      await this.keep();
      next = answer.next;
      if (answer.isCare) care ||= answer.next;
    }
    return care || next;
  }
}

// One answer to the server: where it leads; the question itself where it was refused; null without a connection.
export async function post(href, body, fetch = globalThis.fetch) {
  try {
    const answer = await fetch(href, {
      method: "POST", body: new URLSearchParams(body), credentials: "same-origin", headers: { Accept: "application/json" },
    });
    if (answer.status >= 500) return null;
    if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("application/json")) return { next: href, isCare: false };
    const { next } = await answer.json();
    return { next, isCare: next.endsWith("/care/") };
  } catch {
    return null;
  }
}
