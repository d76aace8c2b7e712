// Keeps what is typed in this browser, sealed, until the server has it; finds what closed tabs left.
import { keyFrom, open, openStore, seal } from "./drafts.js";
import { askKey } from "./saving.js";
import { openTabs } from "./tab.js";

const WAIT_FOR_KEY = 5_000;

export class Keeper {
  key = null;
  notBefore = 0;

  constructor(note, tab, keyAt) {
    Object.assign(this, { note, tab, keyAt, store: openStore() });
    this.last = Promise.resolve();
  }

  // Asks the server for the key where there is none yet; false while signed out or offline.
  async ready() {
    if (this.key) return true;
    if (!globalThis.crypto?.subtle || Date.now() < this.notBefore) return false;
    const answer = await askKey(this.keyAt);
    this.notBefore = Date.now() + WAIT_FOR_KEY;
    if (answer.kind === "key") this.key = await keyFrom(answer.key);
    return Boolean(this.key);
  }

  // One after the other, so that a forgotten draft does not come back.
  inTurn(act) {
    const turn = this.last.then(act, act);
    this.last = turn.catch(() => {});
    return turn.catch(() => false);
  }

  keep(content, base) {
    return this.inTurn(async () => {
      if (!this.key) return false;
      const draft = { note: this.note, tab: this.tab, base, at: Date.now(), content };
      await (await this.store).put(await seal(this.key, draft));
      return true;
    });
  }

  forget(tab = this.tab) {
    return this.inTurn(async () => (await this.store).remove(`${this.note}/${tab}`));
  }

  async areLeft() {
    try {
      return (await (await this.store).of(this.note)).length > 0;
    } catch {
      return false;
    }
  }

  // The drafts of this note that open under this member's key, and the tabs that are open now.
  async left(locks = globalThis.navigator.locks) {
    const sealed = await (await this.store).of(this.note);
    const opened = await Promise.all(sealed.map((one) => open(this.key, one)));
    const alive = await openTabs(locks);
    alive.delete(this.tab);
    return { drafts: opened.filter(Boolean), alive };
  }
}
