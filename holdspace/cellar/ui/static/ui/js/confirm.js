// Asks once more before a form or button with data-confirm does what cannot be undone.
import { attach, listen } from "./attach.js";

// The question a submission asks, from the button pressed or the form, or nothing.
export function questionOf(form, submitter) {
  return submitter?.dataset?.confirm || form?.dataset?.confirm || null;
}

function ask(dialog, question, answer) {
  dialog.querySelector("[data-question]").textContent = question;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && answer(), { once: true });
  dialog.showModal();
}

attach("dialog[data-confirm-dialog]", (dialog) => {
  let agreed = null;
  // In the capture phase, so that nothing else has sent the form yet.
  return listen(document, "submit", (event) => {
    const { target: form, submitter } = event;
    const question = questionOf(form, submitter);
    if (!question || dialog.contains(form)) return;
    if (agreed === form) {
      agreed = null;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(dialog, question, () => {
      agreed = form;
      form.requestSubmit(submitter);
    });
  }, true);
});
