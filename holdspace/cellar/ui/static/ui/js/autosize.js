// A textarea grows with what is written, where the browser does not do so by itself.
import { attach, listen } from "./attach.js";

export function heightFor(element) {
  return `${element.scrollHeight + element.offsetHeight - element.clientHeight}px`;
}

function start(element) {
  if (CSS.supports("field-sizing", "content")) return undefined;
  const fit = () => {
    element.style.height = "auto";
    element.style.height = heightFor(element);
  };
  fit();
  return listen(element, "input", fit);
}

attach("textarea[data-autosize]", start);
