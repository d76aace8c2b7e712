// Veils names and words on every screen of this tab: data-veil-button toggles it, its data-key is the key.
import { attach, listen } from "./attach.js";
import { say } from "./say.js";

export function isVeiled(page) {
  return "veiled" in page.dataset;
}

export function setVeil(page, veiled, store) {
  if (veiled) page.dataset.veiled = "";
  else delete page.dataset.veiled;
  try {
    store?.setItem("veiled", veiled ? "yes" : "no");
  } catch {
    // Without a store the veil lasts as long as this page.
  }
}

// The title of a tab can be read over a shoulder too.
export function titleFor(page, veiled, title) {
  return veiled && page.dataset.plainTitle ? page.dataset.plainTitle : title;
}

attach("[data-veil-button]", (button) => {
  const page = document.documentElement;
  const title = page.dataset.title ?? document.title;
  const show = () => button.setAttribute("aria-pressed", String(isVeiled(page)));
  show();
  return listen(button, "click", () => {
    const veiled = !isVeiled(page);
    setVeil(page, veiled, globalThis.sessionStorage);
    document.title = titleFor(page, veiled, title);
    document.querySelectorAll("[data-veil-button]").forEach((one) => one.setAttribute("aria-pressed", String(veiled)));
    show();
    say(veiled ? button.dataset.saysVeiled : button.dataset.saysLifted);
  });
});
