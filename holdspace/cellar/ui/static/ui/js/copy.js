// A button with data-copies="the id of a field" puts what stands in the field on the clipboard.
import { attach, listen } from "./attach.js";
import { say } from "./say.js";

// Whether it was copied; where the browser forbids it the field is marked, to be copied by hand.
export async function copied(field, clipboard) {
  try {
    await clipboard.writeText(field.value);
    return true;
  } catch {
    field.select();
    return false;
  }
}

attach("[data-copies]", (button) =>
  listen(button, "click", async () => {
    const field = document.getElementById(button.dataset.copies);
    if (!await copied(field, globalThis.navigator.clipboard)) return;
    (button.querySelector("span") ?? button).textContent = button.dataset.says;
    say(button.dataset.says);
  }),
);
