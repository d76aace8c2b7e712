// Light, dark, or as the device is: buttons in data-theme-choice, each with its choice in data-theme-is.
import { attach, listen } from "./attach.js";

export function chosen(store) {
  const theme = store?.getItem("theme");
  return theme === "light" || theme === "dark" ? theme : "auto";
}

export function choose(page, theme, store) {
  if (theme === "light" || theme === "dark") {
    page.dataset.theme = theme;
    store?.setItem("theme", theme);
  } else {
    delete page.dataset.theme;
    store?.removeItem("theme");
  }
}

attach("[data-theme-choice]", (group) => {
  const buttons = [...group.querySelectorAll("[data-theme-is]")];
  const show = () => {
    const theme = chosen(globalThis.localStorage);
    buttons.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.themeIs === theme)));
  };
  show();
  return listen(group, "click", (event) => {
    const button = event.target.closest("[data-theme-is]");
    if (!button) return;
    choose(document.documentElement, button.dataset.themeIs, globalThis.localStorage);
    show();
  });
});
