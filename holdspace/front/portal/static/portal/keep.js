// Goes from question to question without waiting for the network; what is not sent yet is kept and sent later.
import * as drafts from "../notes/drafts.js";
import { Queue, post } from "./queue.js";

const WAIT = 4000;

export function keep(place, browser = globalThis) {
  const { giving, ahead: aheadAt, kept, stays, sealed, sending, end } = place.dataset;
  const queue = new Queue(giving, drafts);
  const pages = new Map();
  let timer = 0;
  let isSealed = false;

  const form = () => place.querySelector("form");
  const say = (sentence) => {
    const note = place.querySelector("[data-keep-note]");
    note.textContent = sentence;
    note.hidden = !sentence;
  };
  const warn = (event) => { if (queue.waiting.size && !isSealed) event.preventDefault(); };

  async function lookAhead() {
    try {
      const answer = await browser.fetch(aheadAt, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (!answer.ok) return;
      const found = await answer.json();
      for (const { href, html } of found.pages) pages.set(href, html);
      await queue.unlock(found.key);
      if (queue.waiting.size) flush(true);
    } catch { /* without it, each question is fetched when its turn comes */ }
  }

  function show(href) {
    place.innerHTML = pages.get(href);
    browser.document.title = place.querySelector("[data-progress]").textContent;
    browser.history.pushState(null, "", href);
    browser.scrollTo(0, 0);
    place.closest("main").focus({ preventScroll: true });
  }

  function away(from) {
    const all = [...pages.keys()];
    const next = all[all.indexOf(from) + 1];
    if (pages.has(from) && next) show(next);
    else if (pages.has(from)) for (const part of form().children) part.hidden = !part.matches("[data-keep-note]");
    for (const link of place.querySelectorAll("a")) link.hidden = true; // they need the network
    say(`${kept} ${isSealed ? sealed : stays}${next ? "" : ` ${end}`}`);
    timer = browser.setTimeout(flush, WAIT, true);
  }

  function settle() {
    say("");
    for (const link of place.querySelectorAll("a")) link.hidden = false;
  }

  // Whoever has come to a page that says everything is kept is led on when it has been sent.
  async function flush(isLater) {
    browser.clearTimeout(timer);
    const from = form().getAttribute("action");
    const next = await queue.send(post);
    if (next === null && !isLater) away(from);
    else if (next === null) timer = browser.setTimeout(flush, WAIT, true);
    else if (next && next === from) settle();
    else if (next && !isLater && pages.has(next)) show(next);
    else if (next) browser.location.assign(next);
  }

  async function begin(event) {
    event.preventDefault();
    const fields = new browser.FormData(form(), event.submitter);
    const href = form().getAttribute("action");
    say(sending);
    isSealed = await queue.put(href, String(new browser.URLSearchParams(fields)));
    flush(false);
  }

  place.addEventListener("submit", begin);
  browser.addEventListener("online", () => { if (queue.waiting.size) flush(true); });
  browser.addEventListener("beforeunload", warn);
  browser.addEventListener("popstate", () => browser.location.reload());
  lookAhead();
}

for (const place of globalThis.document?.querySelectorAll("[data-keep]") ?? []) keep(place);
