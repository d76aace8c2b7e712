// Two writings of one note: shown side by side, chosen or joined; and local drafts found again.
import { same } from "./words.js";

// What to do with the drafts that closed tabs left: save the older ones, show the newest.
export function sort(drafts, openTabs, shown) {
  const left = drafts.filter((one) => !openTabs.has(one.tab)).sort((one, other) => one.at - other.at);
  const unlike = left.filter((one) => !same(one.content, shown));
  return { forget: left.filter((one) => !unlike.includes(one)), send: unlike.slice(0, -1), show: unlike.at(-1) ?? null };
}

// Puts both writings before the writer, and answers with the one that is chosen.
export function choose(panel, answer) {
  panel.innerHTML = answer.html;
  panel.hidden = false;
  panel.focus();
  panel.scrollIntoView({ block: "nearest" });
  return new Promise((resolve) => {
    panel.addEventListener("click", function chosen(event) {
      const which = event.target.closest("[data-choose]")?.dataset.choose;
      if (!which) return;
      panel.removeEventListener("click", chosen);
      panel.hidden = true;
      panel.replaceChildren();
      resolve(answer[which]);
    });
  });
}
