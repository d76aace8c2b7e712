// Marks the present step of the hour, gently: nothing is ever heard, and nobody is late.
import { attach } from "./attach.js";

export function isPresent(now, begins, ends) {
  return begins <= now && now < ends;
}

attach("[data-steps]", (list) => {
  const mark = () => {
    const now = new Date();
    for (const step of list.children) {
      const present = isPresent(now, new Date(step.dataset.begins), new Date(step.dataset.ends));
      if (present) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    }
  };
  mark();
  const timer = setInterval(mark, 20_000);
  return () => clearInterval(timer);
});
