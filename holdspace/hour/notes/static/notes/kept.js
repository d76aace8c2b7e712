// On the page of a note that is no longer a draft: words that this browser kept and the note lacks.
import { attach, listen } from "../ui/js/attach.js";
import { Keeper } from "./keeping.js";

function written(content) {
  const { thread, fields, safety, between, supervision } = content;
  return [thread, ...Object.values(fields), safety.words, between, supervision.words].filter((one) => one.trim());
}

attach("[data-kept-for]", (section) => {
  const keeper = new Keeper(section.dataset.keptFor, "", section.dataset.keyAt);
  const show = async () => {
    if (!await keeper.areLeft() || !await keeper.ready()) return;
    const { drafts } = await keeper.left();
    const place = section.querySelector("[data-kept-words]");
    for (const words of drafts.flatMap((one) => written(one.content))) {
      place.append(Object.assign(document.createElement("p"), { textContent: words }));
    }
    section.hidden = drafts.length === 0;
    listen(section.querySelector("[data-forget]"), "click", async () => {
      for (const one of drafts) await keeper.forget(one.tab);
      section.hidden = true;
    });
  };
  show();
});
