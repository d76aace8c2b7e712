// The places of a sheet's form: what is typed in one, and how something else is put there.
const PREFIX = "sheet-";

// The path of the place that a control belongs to, or nothing.
export function nameOf(control) {
  return control.name?.startsWith(PREFIX) ? control.name.slice(PREFIX.length) : "";
}

export function controls(form, path) {
  return [...form.elements].filter((one) => one.name === PREFIX + path);
}

// What is typed: text, or of boxes to tick those that are.
export function said(form, path) {
  const found = controls(form, path);
  if (found.some((one) => one.type === "checkbox")) return found.filter((one) => one.checked).map((one) => one.value);
  if (found.some((one) => one.type === "radio")) return found.find((one) => one.checked)?.value ?? "";
  return found[0]?.value ?? "";
}

export function put(form, path, value) {
  for (const one of controls(form, path)) {
    if (one.type === "checkbox") one.checked = value.includes(one.value);
    else if (one.type === "radio") one.checked = one.value === value;
    else if (one.value !== value) one.value = value;
  }
}

// The part of the page that holds a place.
export function heldBy(form, path) {
  return [...form.querySelectorAll("[data-place]")].find((one) => one.dataset.place === path) ?? null;
}
