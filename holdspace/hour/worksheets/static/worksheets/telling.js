// Says beside a place what is wrong with it, or what somebody else wrote there meanwhile.
import { heldBy, put } from "./places.js";

export function mark(form, path, sentence) {
  const group = heldBy(form, path);
  group?.querySelector(".said-wrong")?.remove();
  group?.querySelectorAll("input, textarea").forEach((one) => {
    if (sentence) one.setAttribute("aria-invalid", "true");
    else one.removeAttribute("aria-invalid");
  });
  if (sentence) group?.append(Object.assign(form.ownerDocument.createElement("p"), { className: "field-error said-wrong", textContent: sentence }));
}

// Theirs stands below one's own until one of the two is chosen; `hold` keeps one's own.
export function both(form, path, { theirs, words }, hold) {
  const group = heldBy(form, path);
  if (!group) return;
  group.querySelector(".both")?.remove();
  const panel = form.querySelector("[data-both]").content.firstElementChild.cloneNode(true);
  panel.querySelector("[data-theirs]").textContent = words || "–";
  panel.querySelector("[data-take]").addEventListener("click", () => {
    put(form, path, theirs);
    panel.remove();
  });
  panel.querySelector("[data-hold]").addEventListener("click", () => {
    panel.remove();
    hold();
  });
  group.append(panel);
}
