// A button with data-copies="the id of a field" puts what stands in the field on the clipboard.
import { attach, listen } from "./attach.js";
import { say } from "./say.js";

attach("[data-copies]", (button) =>
  listen(button, "click", async () => {
    const field = document.getElementById(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select(); // A browser that forbids it leaves the field marked, to be copied by hand.
      return;
    }
    (button.querySelector("span") ?? button).textContent = button.dataset.says;
    say(button.dataset.says);
  }),
);
