// Fills in a sheet field by field: saves what was typed, shows what others wrote, tells where both did.
import { attach, listen } from "../ui/js/attach.js";
import { heldBy, nameOf, put, said } from "./places.js";
import { addRow, rowsAs } from "./rows.js";
import { ask, send } from "./sending.js";
import { both, mark } from "./telling.js";

const QUIET = 700;
const LOOK_EVERY = 1_800;
const SLOWEST = 30_000;

class Filling {
  dirty = new Set();
  tries = 0;
  locked = false;

  constructor(form) {
    this.form = form;
    this.version = Number(form.dataset.version);
    this.bases = new Map();
  }

  say(sentence) { this.form.querySelector("[data-saved]").textContent = sentence; }

  tell(sentence) {
    const place = this.form.querySelector("[data-told]");
    place.textContent = sentence;
    place.hidden = !sentence;
  }

  typed(event) {
    const path = nameOf(event.target);
    if (!path) return;
    this.dirty.add(path);
    event.target.closest("[data-row]")?.removeAttribute("data-is-new");
    this.saveIn(event.type === "change" ? 0 : QUIET);
  }

  saveIn(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), ms);
  }

  // One save at a time. `leaving`: the page goes, the browser sends it all the same.
  save(leaving = false) {
    clearTimeout(this.timer);
    if (this.locked || !this.dirty.size) return this.waiting ?? Promise.resolve();
    this.waiting ??= this.attempt(leaving).finally(() => {
      this.waiting = null;
      if (this.dirty.size && !this.locked) this.saveIn(this.again);
    });
    return this.waiting;
  }

  async attempt(leaving) {
    const paths = [...this.dirty];
    const changes = paths.map((path) => ({ path, said: said(this.form, path), base: this.bases.get(path) ?? this.version }));
    this.dirty.clear();
    const token = this.form.elements.csrfmiddlewaretoken.value;
    const answer = await send(this.form.action, { page: this.form.dataset.page, changes }, { token, leaving });
    this.again = QUIET;
    if (answer.version) this.isSaved(paths, answer);
    else this.isNotSaved(paths, answer);
  }

  isSaved(paths, answer) {
    this.tries = 0;
    for (const path of paths) {
      this.bases.set(path, answer.version);
      mark(this.form, path, answer.wrong[path]);
      if (answer.collisions[path]) both(this.form, path, answer.collisions[path], () => { this.dirty.add(path); this.save(); });
    }
    this.say(Object.keys(answer.wrong).length ? this.form.dataset.saysUnsaved : answer.said);
    this.draw(answer.drawn);
    this.tell("");
  }

  isNotSaved(paths, { kind, message }) {
    paths.forEach((path) => this.dirty.add(path));
    if (kind === "locked" || kind === "away") {
      this.locked = true;
      this.tell(message ?? this.form.dataset.saysLocked);
      return;
    }
    this.again = Math.min(SLOWEST, 2_000 * 2 ** this.tries++);
    this.say(message ?? this.form.dataset.saysOffline);
  }

  draw(source) {
    const place = this.form.querySelector("[data-drawn]");
    place.innerHTML = source;
    place.hidden = !source;
  }

  async look() {
    if (document.hidden || this.waiting || this.locked) return;
    const news = await ask(`${this.form.dataset.news}?since=${this.version}`);
    if (!news || this.waiting || news.version <= this.version) return;
    for (const [field, rows] of Object.entries(news.rows ?? {})) rowsAs(this.form, field, rows, this.dirty);
    for (const [path, value] of Object.entries(news.cells ?? {})) this.arrived(path, value, news.version);
    this.version = news.version;
    this.say(news.said);
    this.draw(news.drawn);
    if (news.state !== "open") {
      this.locked = true;
      this.tell(this.form.dataset.saysLocked);
    }
  }

  // What is being written here is not written over: its save will say that both did.
  arrived(path, value, version) {
    const isMine = this.dirty.has(path) || heldBy(this.form, path)?.querySelector(".both, .said-wrong");
    if (!isMine) put(this.form, path, value);
    this.bases.set(path, isMine ? this.bases.get(path) ?? this.version : version);
  }

  async leave(submitter) {
    await this.waiting;
    await this.save();
    await new Promise((resolve) => { setTimeout(resolve); });
    if (this.dirty.size && !this.locked) return;
    this.form.elements.base.value = this.version;
    this.released = true;
    this.form.requestSubmit(submitter);
  }
}

attach("form[data-sheet]", (form) => {
  const filling = new Filling(form);
  const stops = [
    listen(form, "input", (event) => filling.typed(event)),
    listen(form, "change", (event) => filling.typed(event)),
    listen(form, "click", (event) => {
      const button = event.target.closest("[data-add]");
      if (!button) return;
      event.preventDefault();
      addRow(button.closest("[data-rows]"))?.querySelector("input, textarea, select")?.focus();
    }),
    listen(form, "submit", (event) => {
      if (filling.released) return;
      event.preventDefault();
      filling.leave(event.submitter);
    }),
    listen(globalThis, "pagehide", () => filling.save(true)),
    listen(globalThis, "online", () => filling.save()),
    listen(globalThis, "beforeunload", (event) => { if (filling.dirty.size && !filling.released && !filling.locked) event.preventDefault(); }),
  ];
  const looking = setInterval(() => filling.look(), LOOK_EVERY);
  return () => { stops.forEach((stop) => stop()); clearInterval(looking); };
});
