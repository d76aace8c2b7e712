// Tells in words how long ago a moment was, or how far ahead it is, and keeps it true.
import { attach } from "./attach.js";

const MINUTE = 60;
const STEPS = [["minute", MINUTE, 60], ["hour", 60 * MINUTE, 24], ["day", 24 * 60 * MINUTE, 7]];

// Words for the distance, or nothing beyond a week, where the date itself says more.
export function inWords(then, now, language = "en") {
  const seconds = (then - now) / 1000;
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  if (Math.abs(seconds) < MINUTE) return words.format(0, "second");
  for (const [unit, size, limit] of STEPS) {
    const count = Math.trunc(seconds / size);
    if (Math.abs(count) < limit) return words.format(count, unit);
  }
  return null;
}

attach("time[data-ago]", (element) => {
  const written = element.textContent;
  const then = new Date(element.dateTime);
  element.title ||= written.trim();
  const show = () => {
    element.textContent = inWords(then, new Date(), document.documentElement.lang || "en") ?? written;
  };
  show();
  const timer = setInterval(show, 30_000);
  return () => clearInterval(timer);
});
