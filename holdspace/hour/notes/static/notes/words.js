// The words of an editor's form, as the server takes them, and back into the form.
const FIELD = "note-f-";
const ANSWERS = { yes: true, no: false };

export function collect(form) {
  const typed = new FormData(form);
  const words = (name) => typed.get(`note-${name}`) ?? "";
  const names = [...typed.keys()].filter((name) => name.startsWith(FIELD));
  return {
    thread: words("thread"),
    fields: Object.fromEntries(names.map((name) => [name.slice(FIELD.length), typed.get(name)])),
    safety: { came_up: ANSWERS[typed.get("note-safety")] ?? null, words: words("safety_words") },
    between: words("between"),
    supervision: { bring: typed.has("note-bring"), words: words("supervision_words") },
  };
}

export function fill(form, content) {
  const put = (name, words) => {
    const place = form.elements.namedItem(`note-${name}`);
    if (!place || place.value === words) return;
    place.value = words;
    place.dispatchEvent(new Event("refill", { bubbles: true }));
  };
  put("thread", content.thread);
  Object.entries(content.fields).forEach(([name, words]) => put(`f-${name}`, words));
  put("safety_words", content.safety.words);
  put("between", content.between);
  put("supervision_words", content.supervision.words);
  form.elements.namedItem("note-bring").checked = content.supervision.bring;
  const said = content.safety.came_up === null ? "" : content.safety.came_up ? "yes" : "no";
  form.querySelectorAll("[name=note-safety]").forEach((one) => { one.checked = one.value === said; });
}

// The same words, whatever their line ends.
export function same(one, other) {
  const plain = (content) => JSON.stringify(content).replaceAll("\\r\\n", "\\n");
  return plain(one) === plain(other);
}
