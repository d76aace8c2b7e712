// The rows of a sheet's form: one more, and as they stand on the server.
const LETTERS = 12;

export function freshName(random = (bytes) => globalThis.crypto.getRandomValues(bytes)) {
  return `r${Array.from(random(new Uint8Array(LETTERS / 2)), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

// Puts an empty row of this name after the others; names and ids are those of its place.
export function addRow(rows, name = freshName()) {
  const copy = rows.querySelector("template[data-row]").content.firstElementChild.cloneNode(true);
  copy.dataset.row = name;
  for (const one of [copy, ...copy.querySelectorAll("*")]) {
    for (const { name: key, value } of [...one.attributes]) {
      if (value.includes("newrow")) one.setAttribute(key, value.replaceAll("newrow", name));
    }
  }
  const list = rows.querySelector("ol");
  list.append(copy);
  number(list);
  return copy;
}

function number(list) {
  [...list.children].forEach((row, at) => { row.querySelector("[data-number]").textContent = at + 1; });
}

// The rows that the server has, in their order; those not yet saved stay at the end.
export function rowsAs(form, field, names, dirty) {
  const rows = [...form.querySelectorAll("[data-rows]")].find((one) => one.dataset.rows === field);
  if (!rows) return;
  const list = rows.querySelector("ol");
  const there = new Map([...list.children].map((row) => [row.dataset.row, row]));
  for (const [name, row] of there) {
    const isWritten = [...dirty].some((path) => path.startsWith(`${field}.${name}.`));
    if (!names.includes(name) && !isWritten && !row.hasAttribute("data-is-new")) row.remove();
  }
  const shown = names.map((name) => there.get(name) ?? addRow(rows, name));
  shown.forEach((row) => row.removeAttribute("data-is-new"));
  list.prepend(...shown);
  number(list);
}
