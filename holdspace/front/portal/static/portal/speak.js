// Reads a question aloud with a voice of this device; where it has none of the language, there is no button.
export function voiceFor(language, voices) {
  const plain = language.toLowerCase().split("-")[0];
  return voices.find((voice) => voice.localService && voice.lang.toLowerCase().replace("_", "-").split("-")[0] === plain);
}

// The question, then each answer that can be chosen, as they stand on the page.
export function wordsOf(fieldset) {
  const parts = [...fieldset.querySelectorAll("legend, .ends > span, label.answer, label.face")];
  return parts.map((part) => part.textContent.trim().replace(/\s+/g, " ")).join(". ");
}

export function speak(place, browser = globalThis) {
  const speech = browser.speechSynthesis;
  if (!speech) return;
  const offer = () => {
    const fieldset = place.querySelector("fieldset");
    const button = place.querySelector("[data-speak]");
    if (button) button.hidden = !voiceFor(fieldset.lang, speech.getVoices());
  };
  place.addEventListener("click", (event) => {
    if (!event.target.closest("[data-speak]")) return;
    const fieldset = place.querySelector("fieldset");
    const said = new browser.SpeechSynthesisUtterance(wordsOf(fieldset));
    said.voice = voiceFor(fieldset.lang, speech.getVoices());
    said.lang = fieldset.lang;
    speech.cancel();
    speech.speak(said);
  });
  speech.addEventListener?.("voiceschanged", offer);
  browser.addEventListener("pagehide", () => speech.cancel());
  new browser.MutationObserver(() => { speech.cancel(); offer(); }).observe(place, { childList: true });
  offer();
}

for (const place of globalThis.document?.querySelectorAll("[data-keep]") ?? []) speak(place);
