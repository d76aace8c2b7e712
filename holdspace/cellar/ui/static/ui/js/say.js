// Says a sentence to those who listen rather than look, through the page's one live region.
export function say(sentence, page = globalThis.document) {
  const region = page.querySelector("[data-live]");
  if (!region || !sentence) return;
  region.textContent = "";
  // A new frame, so that the same sentence said twice is heard twice.
  globalThis.requestAnimationFrame(() => { region.textContent = sentence; });
}
