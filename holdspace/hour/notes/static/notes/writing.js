// One note being written in one tab: what is saved, what is not yet, and what to do about it.
import { choose, sort } from "./conflict.js";
import { Keeper } from "./keeping.js";
import { KEEP_EVERY, delayFor, patience, throttled } from "./pace.js";
import { cookie, send } from "./saving.js";
import { collect, fill, same } from "./words.js";

const RETRIED = ["offline", "signed out", "away"];

export class Writing {
  constructor(form, tab) {
    Object.assign(this, { form, tab, base: Number(form.elements["note-base_version"].value) });
    this.keeper = new Keeper(form.dataset.note, tab, form.dataset.keyAt);
    this.saved = collect(form);
    this.keepSoon = throttled(() => this.keep(), KEEP_EVERY);
    this.stopped = this.waiting = null;
    this.tries = 0;
  }

  get unsaved() { return !same(this.saved, collect(this.form)); }

  part(name) { return this.form.querySelector(`[data-${name}]`); }

  say(sentence) { this.part("saved").textContent = sentence; }

  async keep() {
    this.isKept = this.unsaved && await this.keeper.ready() && await this.keeper.keep(collect(this.form), this.base);
    if (!this.unsaved) await this.keeper.forget();
  }

  typed() {
    if (this.stopped === "refused") this.stopped = null;
    this.firstAt ??= Date.now();
    this.keepSoon();
    this.saveIn(delayFor(Date.now(), this.firstAt));
  }

  saveIn(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), ms);
  }

  post(content, { base = this.base, tab = this.tab, leaving = false } = {}) {
    const token = cookie(this.form.dataset.csrfCookie, document.cookie);
    return send(this.form.action, { content, base_version: base, tab }, { token, leaving });
  }

  // One save at a time; two at once could arrive in the wrong order.
  save(more = {}) {
    clearTimeout(this.timer);
    if (this.stopped || !this.unsaved) return this.waiting ?? Promise.resolve();
    this.waiting ??= this.attempt(more).finally(() => {
      this.waiting = null;
      if (this.again) this.saveIn(this.again);
    });
    return this.waiting;
  }

  async attempt({ as, leaving }) {
    const content = collect(this.form);
    const answer = await this.post(content, { ...as, leaving });
    this.again = 0;
    this.part("signed-out").hidden = answer.kind !== "signed out";
    this.part("refused").hidden = true;
    if (answer.kind === "saved") await this.isSaved(content, answer);
    else if (answer.kind === "elsewhere") this.isElsewhere(answer);
    else this.isNotSaved(answer);
  }

  async isSaved(content, answer) {
    Object.assign(this, { saved: content, base: answer.version, tries: 0, firstAt: null });
    this.say(answer.said);
    await this.keep();
    if (this.adopted) await this.keeper.forget(this.adopted);
    if (this.unsaved) this.again = delayFor(Date.now(), this.firstAt = Date.now());
  }

  async isElsewhere(answer) {
    this.stopped = "elsewhere";
    this.say(this.form.dataset.saysWaiting);
    const chosen = await choose(this.part("conflict"), answer);
    Object.assign(this, { stopped: null, saved: answer.theirs, base: answer.version });
    fill(this.form, chosen);
    this.typed();
    await this.save();
  }

  isNotSaved({ kind, message }) {
    const says = this.form.dataset;
    this.say(!this.isKept ? says.saysUnkept : kind === "offline" ? says.saysOffline : says.saysWaiting);
    if (RETRIED.includes(kind)) {
      this.again = patience(this.tries++);
      return;
    }
    this.stopped = kind;
    this.part("refused").textContent = message ?? says.saysRefused;
    this.part("refused").hidden = false;
  }

  // Drafts that closed tabs left: the newest is shown and saved, older ones are sent to be kept.
  async recover() {
    if (!await this.keeper.areLeft() || !await this.keeper.ready()) return;
    const { drafts, alive } = await this.keeper.left();
    const { forget, send: older, show } = sort(drafts, alive, this.saved);
    for (const one of [...older, ...(show && this.unsaved ? [show] : [])]) {
      const { kind } = await this.post(one.content, one);
      if (kind === "saved" || kind === "elsewhere") forget.push(one);
    }
    for (const one of forget) await this.keeper.forget(one.tab);
    if (!show || this.unsaved) return;
    this.base = show.base;
    this.adopted = show.tab;
    fill(this.form, show.content);
    this.say(this.form.dataset.saysFound);
    await this.save({ as: show });
    if (this.stopped === "elsewhere") await this.keeper.forget(show.tab);
  }

  // A button was pressed: what is typed is saved first, then the form goes its ordinary way.
  async leave(submitter) {
    await this.waiting;
    await this.save();
    // A form that is being sent cannot be sent: first the pressing of the button must be over.
    await new Promise((resolve) => { setTimeout(resolve); });
    if (this.unsaved) return this.form.querySelector("[role=alert]:not([hidden])")?.scrollIntoView({ block: "center" });
    this.form.elements["note-base_version"].value = this.base;
    this.form.elements["note-tab"].value = this.tab;
    this.released = true;
    return this.form.requestSubmit(submitter);
  }
}
