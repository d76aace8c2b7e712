// Saves a note as it is written; what is not yet saved stays in this browser, sealed.
import { attach, listen } from "../ui/js/attach.js";
import { tabName } from "./tab.js";
import { Writing } from "./writing.js";

async function start(form) {
  const writing = new Writing(form, await tabName(globalThis.sessionStorage, globalThis.navigator.locks));
  listen(form, "input", () => writing.typed());
  listen(form, "submit", (event) => {
    if (writing.released) return;
    event.preventDefault();
    writing.leave(event.submitter);
  });
  const back = () => writing.save();
  listen(globalThis, "online", back);
  listen(globalThis, "focus", back);
  listen(globalThis, "pagehide", () => writing.save({ leaving: true }));
  listen(document, "visibilitychange", () => writing.save({ leaving: document.hidden }));
  listen(globalThis, "beforeunload", (event) => {
    if (writing.unsaved && !writing.isKept && !writing.released) event.preventDefault();
  });
  form.inert = await writing.keeper.areLeft();
  await Promise.race([writing.recover(), new Promise((resolve) => { setTimeout(resolve, 5_000); })]);
  form.inert = false;
  if (writing.unsaved) writing.typed();
  await writing.keeper.ready();
  form.dataset.ready = "";
}

attach("form[data-note]", (form) => { start(form); });
