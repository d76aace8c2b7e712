// One-letter shortcuts: a link or button declares its letter in data-key. data-keys-switch turns them off.
import { attach, listen } from "./attach.js";

const WRITING = "input:not([type=radio], [type=checkbox], [type=button], [type=submit]), textarea, select, [contenteditable]:not([contenteditable=false])";

export function isWriting(target) {
  return Boolean(target?.closest?.(WRITING));
}

// The letter that was meant as a shortcut, or nothing.
export function letterOf(event) {
  if (event.defaultPrevented || event.repeat || event.isComposing) return null;
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  if (event.key?.length !== 1 || isWriting(event.target)) return null;
  return event.key.toLowerCase();
}

export function keysAreOn(store) {
  return store?.getItem("keys") !== "off";
}

function press(event) {
  const letter = letterOf(event);
  if (!letter || !keysAreOn(globalThis.localStorage) || document.querySelector("dialog[open]")) return;
  const named = [...document.querySelectorAll("[data-key]")];
  const same = named.filter((one) => one.dataset.key === letter);
  const target = same.find((one) => one.checkVisibility?.() ?? one.offsetParent) ?? same[0];
  if (!target) return;
  event.preventDefault();
  target.click();
}

attach("html", () => listen(document, "keydown", press));

attach("[data-key]", (element) => {
  element.setAttribute("aria-keyshortcuts", element.dataset.key);
});

// A page of settings offers the switch, since a single letter can be pressed by accident.
attach("[data-keys-switch]", (box) => {
  box.checked = keysAreOn(globalThis.localStorage);
  return listen(box, "change", () => globalThis.localStorage.setItem("keys", box.checked ? "on" : "off"));
});
