// Makes and uses passkeys: a form with data-passkey ("make" or "use") asks the browser before it is sent.
import { attach, listen } from "../../ui/js/attach.js";
import { say } from "../../ui/js/say.js";

// What the browser is asked to make: one that works alone knows its owner, and checks that it is them.
export function wanted(options, alone) {
  const asked = structuredClone(options);
  const selection = asked.publicKey.authenticatorSelection;
  selection.residentKey = alone ? "required" : "discouraged";
  selection.requireResidentKey = alone;
  if (alone) selection.userVerification = "required";
  return asked;
}

async function optionsOf(form) {
  const held = form.querySelector("script[type='application/json']");
  if (held) return JSON.parse(held.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no options");
  return answer.json();
}

async function credentialFor(form) {
  const options = await optionsOf(form);
  if (form.dataset.passkey === "use") return globalThis.webauthnJSON.get(options.request_options);
  const alone = form.elements.passwordless?.checked ?? false;
  return globalThis.webauthnJSON.create(wanted(options.creation_options, alone));
}

attach("form[data-passkey]", (form) => {
  const failed = form.querySelector("[data-passkey-failed]");
  return listen(form, "submit", async (event) => {
    event.preventDefault();
    try {
      form.elements.credential.value = JSON.stringify(await credentialFor(form));
      form.submit();
    } catch {
      failed.hidden = false;
      say(failed.textContent);
    }
  });
});
