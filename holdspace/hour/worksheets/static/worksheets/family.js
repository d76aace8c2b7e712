// A genogram by keyboard and pointer: arrows go from figure to figure, letters add kin, a figure can
// be dragged. Whatever is done is one of the page's own forms; the answer takes the place of the map.
import { attach, listen } from "../ui/js/attach.js";
import { ADDS, away, nearest, STEPS } from "./family_ways.js";

const FAR = 6; // a pointer that moved less has clicked

async function show(root, address, options, focus) {
  root.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { ...options, credentials: "same-origin", cache: "no-store" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-family]");
    if (!fresh) return location.assign(response.url);
    const messages = page.querySelector(".messages");
    const { scrollLeft, scrollTop } = root.querySelector("[data-drawing]");
    fresh.dataset.settled = "";
    root.replaceWith(fresh);
    document.querySelector(".messages")?.remove();
    if (messages) fresh.before(messages);
    if (response.redirected || !options.method) history.replaceState(null, "", response.url);
    fresh.querySelector("[data-drawing]").scrollTo(scrollLeft, scrollTop);
    settle(fresh, focus);
  } catch {
    root.removeAttribute("aria-busy");
    if (options.form) options.form.submit();
    else location.assign(address);
  }
}

function settle(root, focus) {
  const chosen = new URLSearchParams(location.search).get("person");
  const name = root.querySelector(".map-panel [name=name]");
  if (focus === "panel" && chosen && name) return name.focus();
  const target = root.querySelector(`[data-person="${CSS.escape(focus || chosen || "")}"]`);
  (target ?? root.querySelector("[data-drawing]")).focus({ preventScroll: !target });
}

function start(root) {
  const drawing = root.querySelector("[data-drawing]");
  const figures = [...drawing.querySelectorAll("a[data-person]")];
  const quick = root.querySelector("[data-quick]");
  function place(figure) {
    const { e: x, f: y } = figure.transform.baseVal.getItem(0).matrix;
    return { id: figure.dataset.person, x, y };
  }
  const rest = drawing.querySelector("[aria-current]") ?? figures[0];
  figures.forEach((one) => one.setAttribute("tabindex", one === rest ? "0" : "-1"));
  if (figures.length) drawing.removeAttribute("tabindex");
  if (rest && root.dataset.settled === undefined) drawing.scrollLeft = rest.getBoundingClientRect().left - drawing.getBoundingClientRect().left - drawing.clientWidth / 2;
  let held = null;

  function send(form, button, focus) {
    const body = new FormData(form, button);
    show(root, form.action, { method: "POST", body, form }, focus);
  }
  function quickly(person, doing, focus, x = "", y = "") {
    for (const [name, value] of Object.entries({ person, do: doing, x, y })) quick.elements[name].value = value;
    send(quick, undefined, focus);
  }
  function go(figure, key) {
    const next = nearest(place(figure), figures.map(place), key);
    if (!next) return;
    const target = figures.find((one) => one.dataset.person === next);
    figure.setAttribute("tabindex", "-1");
    target.setAttribute("tabindex", "0");
    target.focus();
  }

  const stops = [
    listen(root, "submit", (event) => {
      const form = event.target;
      event.preventDefault();
      if (form.method === "get") show(root, `?${new URLSearchParams(new FormData(form))}`, {});
      else send(form, event.submitter, /^(partner|parent|child|sibling|somebody)/.test(event.submitter?.value) ? "panel" : "");
    }),
    listen(root, "click", (event) => {
      const link = event.target.closest("a[data-person], [data-close], .family-list a");
      if (!link || event.metaKey || event.ctrlKey || event.button) return;
      event.preventDefault();
      const focus = link.dataset.person ?? (link.matches("[data-close]") ? "" : "panel");
      show(root, link.getAttribute("href"), {}, focus);
    }),
    listen(root, "keydown", (event) => {
      const figure = event.target.closest?.("a[data-person]");
      const isUndo = event.key === "z" && (event.ctrlKey || event.metaKey) && !event.target.closest("input, textarea, select");
      if (isUndo && root.querySelector("[data-undo]")) root.querySelector("[data-undo]").click();
      else if (figure && STEPS[event.key] && event.altKey && quick) quickly(figure.dataset.person, "nudge", figure.dataset.person, ...STEPS[event.key]);
      else if (figure && STEPS[event.key]) go(figure, event.key);
      else if (figure && ADDS[event.key.toLowerCase()] && quick && !event.ctrlKey && !event.metaKey && !event.altKey) quickly(figure.dataset.person, ADDS[event.key.toLowerCase()], "panel");
      else return;
      event.preventDefault();
    }),
    listen(drawing, "dragstart", (event) => event.preventDefault()),
    listen(drawing, "pointerdown", (event) => {
      const figure = event.target.closest("a[data-person]");
      if (figure && quick && event.button === 0 && event.pointerType !== "touch") held = { figure, x: event.clientX, y: event.clientY, from: figure.getAttribute("transform") };
    }),
    listen(globalThis, "pointermove", (event) => {
      if (!held) return;
      const [x, y] = away(held, event);
      if (!held.moved && Math.hypot(x, y) < FAR) return;
      held.moved = [x, y];
      held.figure.setAttribute("data-held", "");
      held.figure.setAttribute("transform", `translate(${x} ${y}) ${held.from}`);
    }),
    listen(globalThis, "pointerup", () => {
      const { figure, moved } = held ?? {};
      held = null;
      if (!moved) return;
      figure.addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); }, { once: true, capture: true });
      quickly(figure.dataset.person, "nudge", figure.dataset.person, ...moved);
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

attach("[data-family]", start);
