// A clock that shows the hour and nothing else, and lets the screen warm in the last minutes.
import { attach } from "./attach.js";

export function face(now, language = "en", timeZone = undefined) {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(now);
}

export function isWarm(now, ends, minutes = 10) {
  return Boolean(ends) && !Number.isNaN(ends.getTime()) && ends - now <= minutes * 60_000;
}

export function untilNextMinute(now) {
  return 60_000 - (now.getTime() % 60_000);
}

attach("time[data-clock]", (element) => {
  const ends = element.dataset.ends ? new Date(element.dataset.ends) : null;
  const minutes = Number(element.dataset.warmMinutes ?? 10);
  const sign = document.querySelector("[data-warm-sign]");
  let timer = 0;
  const tick = () => {
    const now = new Date();
    element.textContent = face(now, document.documentElement.lang || "en", element.dataset.zone || undefined);
    document.body.toggleAttribute("data-warm", isWarm(now, ends, minutes));
    if (sign) sign.hidden = !isWarm(now, ends, minutes);
    timer = setTimeout(tick, untilNextMinute(now));
  };
  tick();
  return () => clearTimeout(timer);
});
